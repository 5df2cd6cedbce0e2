package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A difference that is meant to be, with its reason.
///
/// @param on the lines it is seen on
/// @param docker what Docker does, in words
/// @param byChance whether it is seen in some runs alone
record IntendedDifference(
        String name, String docker, String patchbay, String why, boolean byChance, Pattern on, List<Shape> shapes) {

    /// How it looks: the place, and what each engine has there.
    ///
    /// @param times how often it may be seen
    record Shape(Pattern at, Pattern docker, Pattern patchbay, int times) {
        boolean fits(EngineDifference difference) {
            return at.matcher(difference.where()).matches()
                    && docker.matcher(difference.docker()).matches()
                    && patchbay.matcher(difference.patchbay()).matches();
        }
    }

    IntendedDifference {
        shapes = List.copyOf(shapes);
    }

    boolean covers(EngineDifference difference) {
        return shapes.stream().anyMatch(shape -> covers(difference, shape));
    }

    /// The shapes that none of these has and that are there in each run.
    List<Shape> unseen(Collection<EngineDifference> differences) {
        return shapes.stream()
                .filter(shape -> !byChance)
                .filter(shape -> differences.stream().noneMatch(difference -> covers(difference, shape)))
                .toList();
    }

    private boolean covers(EngineDifference difference, Shape shape) {
        return on.matcher(difference.line().toString()).matches() && shape.fits(difference);
    }

    /// What is seen more often than it may be. A difference counts for the first shape that it fits.
    static List<String> excess(List<IntendedDifference> intended, Collection<EngineDifference> differences) {
        Map<Shape, List<EngineDifference>> seen = new IdentityHashMap<>();
        for (EngineDifference difference : differences) {
            intended.stream()
                    .flatMap(candidate ->
                            candidate.shapes().stream().filter(shape -> candidate.covers(difference, shape)))
                    .findFirst()
                    .ifPresent(shape ->
                            seen.computeIfAbsent(shape, _ -> new ArrayList<>()).add(difference));
        }
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue().size() > entry.getKey().times())
                .map(entry ->
                        entry.getValue().size() + " times: " + entry.getValue().getLast())
                .toList();
    }

    /// Reads blocks of `key: value` lines, each headed by `== NAME`.
    ///
    /// `at`, `from`, `to` and `times` make one shape and may come again. `on` and the first three are regular
    /// expressions for the whole of their text; `times` is how often the shape may be seen, once without it.
    /// `chance: yes` is for a difference that only some runs show.
    static List<IntendedDifference> parse(String file) {
        List<IntendedDifference> all = new ArrayList<>();
        for (String block : file.split("(?m)^== ")) {
            if (!block.startsWith("#")) {
                all.add(block(block.lines().filter(row -> !row.isBlank()).toList()));
            }
        }
        return all;
    }

    private static IntendedDifference block(List<String> rows) {
        Map<String, String> words = new TreeMap<>();
        List<Map<String, String>> shapes = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String key = row.substring(0, row.indexOf(':'));
            String value = row.substring(row.indexOf(':') + 1).strip();
            switch (key) {
                case "at" -> shapes.add(new TreeMap<>(Map.of(key, value)));
                case "from", "to", "times" -> shapes.getLast().put(key, value);
                case "docker", "patchbay", "why", "chance", "on" -> words.put(key, value);
                default -> throw new IllegalArgumentException(row);
            }
        }
        return new IntendedDifference(
                rows.getFirst(),
                words.getOrDefault("docker", ""),
                words.getOrDefault("patchbay", ""),
                words.getOrDefault("why", ""),
                words.containsKey("chance"),
                Pattern.compile(words.getOrDefault("on", ".*")),
                shapes.stream()
                        .map(shape -> new Shape(
                                Pattern.compile(shape.getOrDefault("at", "")),
                                Pattern.compile(shape.getOrDefault("from", "")),
                                Pattern.compile(shape.getOrDefault("to", "")),
                                Integer.parseInt(shape.getOrDefault("times", "1"))))
                        .toList());
    }
}
