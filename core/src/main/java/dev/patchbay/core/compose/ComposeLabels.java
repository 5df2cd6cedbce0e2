package dev.patchbay.core.compose;

import java.util.LinkedHashMap;
import java.util.Map;

/// The labels with which Compose marks the objects of a project.
public final class ComposeLabels {
    private static final String PREFIX = "com.docker.compose.";
    public static final String PROJECT = PREFIX + "project";
    public static final String SERVICE = PREFIX + "service";
    public static final String NUMBER = PREFIX + "container-number";
    public static final String ONE_OFF = PREFIX + "oneoff";
    public static final String NETWORK = PREFIX + "network";

    /// Compose lists only containers that have it. Its value is a hash in Compose's own way, and with another one
    /// Compose creates the container again, except with `--no-recreate`.
    public static final String CONFIG_HASH = PREFIX + "config-hash";

    private ComposeLabels() {}

    static Map<String, String> network(Map<String, String> own, String project, String key) {
        Map<String, String> labels = new LinkedHashMap<>(own);
        labels.put(PROJECT, project);
        labels.put(NETWORK, key);
        return labels;
    }

    static Map<String, String> container(Map<String, String> own, String project, String service, int number) {
        Map<String, String> labels = new LinkedHashMap<>(own);
        labels.put(PROJECT, project);
        labels.put(SERVICE, service);
        labels.put(NUMBER, Integer.toString(number));
        labels.put(ONE_OFF, "False");
        labels.put(CONFIG_HASH, "patchbay");
        return labels;
    }

    /// Labels of a container in the place of another one, which keeps those that say where the project is from.
    public static Map<String, String> withOriginOf(Map<String, String> before, Map<String, String> wanted) {
        Map<String, String> labels = new LinkedHashMap<>(before);
        labels.keySet().removeIf(label -> !label.startsWith(PREFIX + "project.") && !label.equals(PREFIX + "version"));
        labels.putAll(wanted);
        return labels;
    }

    /// Without the labels that Compose sets.
    public static Map<String, String> withoutComposeLabels(Map<String, String> labels) {
        Map<String, String> own = new LinkedHashMap<>(labels);
        own.keySet().removeIf(label -> label.startsWith(PREFIX));
        return own;
    }
}
