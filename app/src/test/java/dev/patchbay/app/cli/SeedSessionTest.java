package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.tour.TourScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The session with two web servers, typed into a fresh Lab: real kernel objects, real packets.
class SeedSessionTest {
    @TempDir
    Path home;

    @Test
    void everyOutputHasTheShapeOfDockers() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            StringBuilder transcript = new StringBuilder();
            for (TourScript.Step step : TourScript.twoWebServers().steps()) {
                CliResult typed = lab.type(step.words().toArray(String[]::new));
                transcript
                        .append("$ ")
                        .append(step.commandLine())
                        .append('\n')
                        .append(typed.out())
                        .append(typed.err());
                assertThat(typed.exitCode()).as(transcript.toString()).isZero();
            }
            assertThat(SeedSession.shape(transcript.toString())).isEqualTo(SeedSession.expected());
        }
    }

    @Test
    void theTourPlaysItAndLeavesNothing() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            lab.output("lab up");
            String before = lab.kernel();

            CliResult tour = lab.type("tour");

            assertThat(tour.exitCode()).as(tour.out() + tour.err()).isZero();
            assertThat(tour.out())
                    .contains("$ patchbay network create mydockernet", "to:172.18.0.2:80", "It works!")
                    .containsOnlyOnce("$ patchbay stop web01 web02");
            assertThat(lab.kernel()).isEqualTo(before);
            assertThat(lab.output("ps -aq")).isEmpty();
        }
    }

    @Test
    void packetsGoWhereTheSessionSays() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            lab.output("lab up");
            String before = lab.kernel();
            openMirrorOutside(lab);
            String networks = lab.output("network ls --no-trunc");
            lab.output("network create mydockernet");
            lab.output("run -dit --name web01 -p 8080:80 --net mydockernet httpd:2.4");
            lab.output("run -dit --name web02 -p 8081:80 --net mydockernet httpd:2.4");

            assertBothAnswer(lab);
            isAnswered(() -> lab.onHost(inside(lab, "web01") + status("http://172.18.0.3/")));
            await().untilAsserted(() -> assertThat(senderSeenOutside(lab)).isEqualTo("198.51.100.2"));

            lab.output("network disconnect mydockernet web01");
            assertThat(lab.onHost(status("http://127.0.0.1:8080/") + " || true"))
                    .isEqualTo("000");
            lab.output("network connect mydockernet web01");

            assertBothAnswer(lab);
            isAnswered(() -> lab.onHost(inside(lab, "web02") + status("http://172.18.0.2/")));
            await().untilAsserted(() -> assertThat(senderSeenOutside(lab)).isEqualTo("198.51.100.2"));

            lab.output("stop web01 web02");
            lab.output("rm web01 web02");
            lab.output("network rm mydockernet");
            assertThat(lab.kernel()).isEqualTo(before);
            assertThat(lab.output("network ls --no-trunc")).isEqualTo(networks);
            assertThat(lab.output("ps -aq")).isEmpty();
        }
    }

    private static void assertBothAnswer(LabHome lab) {
        for (int port : new int[] {8080, 8081}) {
            isAnswered(() -> lab.onHost(status("http://127.0.0.1:" + port + "/")));
            isAnswered(() -> lab.outside(status("http://198.51.100.2:" + port + "/")));
        }
    }

    /// A server that has just started or got an address answers a moment later.
    private static void isAnswered(Supplier<String> status) {
        await().untilAsserted(() -> assertThat(status.get()).isEqualTo("200"));
    }

    /// A web server outside that answers with the address it is asked from.
    private void openMirrorOutside(LabHome lab) throws IOException {
        Path script = Files.createDirectories(home.resolve("mirror/cgi-bin")).resolve("sender");
        Files.writeString(script, "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n%s' \"$REMOTE_ADDR\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        lab.outside("busybox httpd -p 198.51.100.1:9000 -h " + home.resolve("mirror"));
    }

    /// The address that the outside sees when web01 speaks to it.
    private static String senderSeenOutside(LabHome lab) {
        return lab.onHost(inside(lab, "web01") + "curl -s -m 5 http://198.51.100.1:9000/cgi-bin/sender");
    }

    /// What puts the next command into a container's network namespace.
    private static String inside(LabHome lab, String container) {
        String key = lab.output("container inspect --format={{.NetworkSettings.SandboxKey}} " + container)
                .strip();
        return "nsenter --net=" + key + " ";
    }

    private static String status(String url) {
        return "curl -s -m 3 -o /dev/null -w %{http_code} " + url;
    }
}
