package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.refusal.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The keys of one kind of mapping.
///
/// @param supported keys that Patchbay applies
/// @param ignored keys of Compose that Patchbay ignores, because they do not affect networks
/// @param unsupported keys that would change the meaning of the rest of the file
record ComposeKeys(Set<String> supported, Set<String> ignored, Set<String> unsupported) {
    static final ComposeKeys FILE = of("name version services networks", "volumes configs secrets models", "include");

    static final ComposeKeys SERVICE = of("""
            image command container_name hostname domainname environment labels ports networks network_mode
            restart env_file expose dns dns_search dns_opt extra_hosts tty stdin_open scale deploy depends_on mac_address profiles
            """, """
            annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent configs cpu_count cpu_percent
            cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec develop
            device_cgroup_rules devices entrypoint external_links gpus group_add healthcheck init ipc isolation
            label_file links logging mem_limit mem_reservation mem_swappiness memswap_limit models oom_kill_disable
            oom_score_adj pid pids_limit platform post_start pre_stop privileged provider pull_policy
            pull_refresh_after read_only runtime secrets security_opt shm_size stop_grace_period stop_signal
            storage_opt sysctls tmpfs ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir
            """, "extends");

    static final ComposeKeys ENV_FILE = of("path required format", "", "");

    static final ComposeKeys DEPLOY = of(
            "replicas",
            "endpoint_mode labels mode placement resources restart_policy rollback_config update_config",
            "");

    static final ComposeKeys NETWORK =
            of("name driver driver_opts ipam internal attachable enable_ipv6 labels external", "enable_ipv4", "");

    static final ComposeKeys IPAM = of("driver config options", "", "");

    static final ComposeKeys POOL = of("subnet gateway ip_range aux_addresses", "", "");

    static final ComposeKeys ENDPOINT = of(
            "aliases ipv4_address ipv6_address mac_address priority gw_priority",
            "link_local_ips driver_opts interface_name",
            "");

    static final ComposeKeys PORT = of("target published protocol host_ip mode name app_protocol", "", "");

    private static final String EXTENSION_PREFIX = "x-";
    private static final int MAX_DISTANCE = 2;

    private static ComposeKeys of(String read, String noted, String refused) {
        return new ComposeKeys(parse(read), parse(noted), parse(refused));
    }

    private static Set<String> parse(String text) {
        return Set.copyOf(Stream.of(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /// Checks each key, and adds a note for each that is ignored.
    ComposeFields check(YamlElement element, List<String> notes) throws RefusedException {
        ComposeFields fields = ComposeFields.of(element);
        for (YamlElement.Field field : fields.mapping().fields()) {
            String key = field.key();
            if (unsupported.contains(key)) {
                throw ComposeRefusals.notSupported(field.location(), "Write out what it stands for.");
            }
            if (ignored.contains(key)) {
                notes.add("not carried out: " + field.location().path());
            } else if (!supported.contains(key) && !key.startsWith(EXTENSION_PREFIX)) {
                throw ComposeRefusals.unknownKey(field.location(), similar(key));
            }
        }
        return fields;
    }

    private List<String> similar(String key) {
        TreeSet<String> similar = new TreeSet<>();
        Stream.of(supported, ignored, unsupported).flatMap(Set::stream).forEach(known -> {
            if (distance(key, known) <= MAX_DISTANCE) {
                similar.add(known);
            }
        });
        return List.copyOf(similar);
    }

    /// The number of letters to insert, delete or replace.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
