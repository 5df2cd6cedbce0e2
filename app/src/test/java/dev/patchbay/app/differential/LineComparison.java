package dev.patchbay.app.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the same line did in both engines.
final class LineComparison {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// What Docker's client logs about itself, now and then.
    private static final String LOGGED = "time=\"<time>\" level=error msg=\"error waiting for container";

    private final Scenario.Line line;
    private final List<EngineDifference> differences = new ArrayList<>();

    private LineComparison(Scenario.Line line) {
        this.line = line;
    }

    static List<EngineDifference> of(Scenario.Line line, CommandResult docker, CommandResult patchbay) {
        LineComparison comparison = new LineComparison(line);
        if (docker.exitCode() != patchbay.exitCode()) {
            comparison.add("exit", Integer.toString(docker.exitCode()), Integer.toString(patchbay.exitCode()));
        }
        comparison.texts("stderr", sentences(docker.err()), sentences(patchbay.err()));
        Optional<JsonNode> dockers = document(docker.out());
        Optional<JsonNode> patchbays = document(patchbay.out());
        if (dockers.isPresent() && patchbays.isPresent()) {
            JsonComparison.compare(dockers.get(), patchbays.get(), comparison::add);
        } else {
            comparison.texts("stdout", lines(docker.out()), lines(patchbay.out()));
        }
        return List.copyOf(comparison.differences);
    }

    private void add(String where, String docker, String patchbay) {
        differences.add(new EngineDifference(line, where, docker, patchbay));
    }

    private static Optional<JsonNode> document(String out) {
        if (!out.startsWith("[") && !out.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(out));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> lines(String text) {
        return VolatileValues.masked(text).lines().toList();
    }

    /// What is said, without the pointers to help and usage that follow, and without the exit code in words.
    private static List<String> sentences(String text) {
        return lines(text).stream()
                .takeWhile(row -> !row.startsWith("Usage:"))
                .filter(row -> !row.isBlank()
                        && !row.startsWith("See 'patchbay")
                        && !row.startsWith("Run 'patchbay")
                        && !row.startsWith("exit status ")
                        && !row.startsWith(LOGGED))
                .toList();
    }

    /// Lines that the texts have in common, in order, are set aside; the others differ, paired as they stand.
    private void texts(String where, List<String> docker, List<String> patchbay) {
        int[][] common = new int[docker.size() + 1][patchbay.size() + 1];
        for (int i = docker.size() - 1; i >= 0; i--) {
            for (int j = patchbay.size() - 1; j >= 0; j--) {
                common[i][j] = docker.get(i).equals(patchbay.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> onlyDocker = new ArrayList<>();
        List<String> onlyPatchbay = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < docker.size() || j < patchbay.size()) {
            if (i < docker.size() && j < patchbay.size() && docker.get(i).equals(patchbay.get(j))) {
                pair(where, onlyDocker, onlyPatchbay);
                i++;
                j++;
            } else if (j == patchbay.size() || (i < docker.size() && common[i + 1][j] >= common[i][j + 1])) {
                onlyDocker.add(docker.get(i++));
            } else {
                onlyPatchbay.add(patchbay.get(j++));
            }
        }
        pair(where, onlyDocker, onlyPatchbay);
    }

    /// Rules stand each for itself: one that is missing is not excused by another one that has come.
    private void pair(String where, List<String> docker, List<String> patchbay) {
        if (line.place().equals("rules")) {
            docker.forEach(rule -> add(where, rule, ""));
            patchbay.forEach(rule -> add(where, "", rule));
            docker.clear();
            patchbay.clear();
        }
        for (int k = 0; k < Math.max(docker.size(), patchbay.size()); k++) {
            add(where, k < docker.size() ? docker.get(k) : "", k < patchbay.size() ? patchbay.get(k) : "");
        }
        docker.clear();
        patchbay.clear();
    }
}
