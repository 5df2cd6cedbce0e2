package dev.patchbay.app.canvas;

import dev.patchbay.engine.net.Protocol;

/** The scenes that the picture is judged by. */
public final class SampleTopologies {
    private SampleTopologies() {}

    /** The scene of the target picture. */
    public static TestTopologyBuilder target() {
        return new TestTopologyBuilder()
                .network("mydockernet", "172.18.0.0/16")
                .network("backend", "172.19.0.0/16", true)
                .network("dns-lab", "172.20.0.0/24")
                .container("web01", "httpd:2.4", "mydockernet", "80/tcp")
                .publish("web01", "0.0.0.0", 8080, 80, Protocol.TCP)
                .container("web02", "httpd:2.4", "mydockernet", "80/tcp")
                .publish("web02", "0.0.0.0", 8081, 80, Protocol.TCP)
                .container("api", "node:22", "mydockernet", "3000/tcp")
                .container("worker", "alpine:3.20", "mydockernet")
                .stop("worker")
                .container("db", "postgres:17", "backend", "5432/tcp")
                .publish("db", "127.0.0.1", 5432, 5432, Protocol.TCP)
                .container("cache", "redis:8", "backend", "6379/tcp")
                .connect("backend", "api")
                .container("resolver", "coredns:1.12", "dns-lab", "53/udp")
                .publish("resolver", "0.0.0.0", 53, 53, Protocol.UDP)
                .container("old-web", "nginx:1.29", "bridge", "80/tcp");
    }

    public static TestTopologyBuilder shared() {
        return new TestTopologyBuilder()
                .network("shop", "172.18.0.0/16")
                .container("web", "httpd:2.4", "shop", "80/tcp")
                .publish("web", "0.0.0.0", 8080, 80, Protocol.TCP)
                .container("vpn", "gluetun:3", "shop")
                .container("db", "postgres:17", "shop", "5432/tcp")
                .sharing("web", "logs", "fluentbit:3")
                .sharing("web", "proxy", "envoy:1.31")
                .sharing("vpn", "torrent", "qbittorrent:5")
                .sharing("no-more", "orphan", "debug:1");
    }

    public static TestTopologyBuilder empty() {
        return new TestTopologyBuilder();
    }

    /** Two published web servers on a network of their own, one of them on the default bridge first. */
    public static TestTopologyBuilder seedSession() {
        return new TestTopologyBuilder()
                .network("mydockernet", "172.18.0.0/16")
                .container("web01", "httpd:2.4", "mydockernet", "80/tcp")
                .publish("web01", "0.0.0.0", 8080, 80, Protocol.TCP)
                .container("web02", "httpd:2.4", "bridge", "80/tcp")
                .publish("web02", "0.0.0.0", 8081, 80, Protocol.TCP)
                .connect("mydockernet", "web02");
    }

    /** So many containers on so many networks; every fifth published, every ninth on two networks. */
    public static TestTopologyBuilder many(int containers, int networks) {
        TestTopologyBuilder builder = new TestTopologyBuilder();
        for (int n = 0; n < networks; n++) {
            builder.network("net-" + n, "172." + (18 + n) + ".0.0/16", n % 4 == 3);
        }
        for (int c = 0; c < containers; c++) {
            String name = "service-%03d".formatted(c);
            // Uneven on purpose: the first networks are the crowded ones.
            int network = (int) (networks * Math.pow((c * 37 % containers) / (double) containers, 1.7));
            builder.container(name, "registry.example/team/service:" + (c % 7), "net-" + network, "80/tcp", "443/tcp");
            if (c % 5 == 0) {
                builder.publish(name, "0.0.0.0", 8000 + c, 80, Protocol.TCP);
            }
            if (c % 9 == 0) {
                builder.connect("net-" + (network + 1) % networks, name);
            }
            if (c % 11 == 0) {
                builder.stop(name);
            }
        }
        return builder;
    }

    /** Names, images and port lists that try to break the picture. */
    public static TestTopologyBuilder hostile() {
        String longName = "a-network-whose-name-never-ends-".repeat(5);
        return new TestTopologyBuilder()
                .nic("wlan0", "10.23.45.67/24", "2001:db8::1234:5678:9abc:def0/64")
                .nic("tun0")
                .nic("enp0s31f6", "2001:db8:1:2:3:4:5:6/64")
                .nic("virbr0", "192.168.122.1/24")
                .network(longName, "172.18.0.0/16")
                .network("safe\u202egnp.exe", "10.0.0.0/8", true)
                .network("tab\tnew\nline\u0000nul", "172.20.0.0/24")
                .container("x".repeat(200), "registry.example.com:5000/" + "deep/".repeat(20) + "image:tag", longName)
                .container("\u202eevil\u2066name\u2069", "img\u200b\u200b", longName, "80/tcp", "443/tcp", "8443/tcp")
                .container("many-ports", "i", longName, "1/tcp", "2/tcp", "3/tcp", "4/udp", "5/tcp", "65535/udp")
                .publish("many-ports", "0.0.0.0", 65535, 65535, Protocol.UDP)
                .publish("many-ports", "192.168.122.1", 65000, 1, Protocol.TCP)
                .publish("many-ports", "0.0.0.0", 65001, 1, Protocol.TCP)
                .container("日本語のコンテナ", "画像:最新", "safe\u202egnp.exe", "80/tcp")
                .container("\u05d0\u05d1\u05d2\n".repeat(2500), "\ud83d\udc33".repeat(5000), "tab\tnew\nline\u0000nul")
                .container("on-no-network", "host", null)
                .publish("on-no-network", "0.0.0.0", 9999, 99, Protocol.TCP)
                .connect("tab\tnew\nline\u0000nul", "many-ports");
    }
}
