package dev.patchbay.core.naming;

import dev.patchbay.engine.Id;
import java.util.HexFormat;
import java.util.List;

/// Names for containers without a name, as `patient_cerf`: an adjective and the surname of a network
/// pioneer.
public final class RandomNames {
    private static final List<String> ADJECTIVES = words("""
            able agile alert brave bright brisk calm candid cheerful clever cosy curious daring deft
            eager earnest fair fond frank gentle glad graceful happy honest humble jolly keen kind
            lively lucid lucky mellow merry modest neat nimble patient placid plucky polite prompt
            proud quiet ready serene sharp sincere spry steady sunny tidy trusty upbeat vivid warm
            wise witty zesty
            """);

    private static final List<String> SURNAMES = words("""
            baran berners boggs bolt bradner cailliau carpenter cerf clark cohen crocker crowther
            davies deering dijkstra estrin feinler floyd hamming heart hopper hinden huffman huitema
            jacobson kahn karels kleinrock lamarr licklider lovelace mccanne metcalfe mockapetris
            moore nagle nyquist partridge paxson perlman postel pouzin rekhter roberts rosen russell
            shannon spencer stevens turing vixie walden zimmermann
            """);

    private RandomNames() {}

    /// The name for an id; `attempt` above 0 gives others.
    public static String of(Id id, int attempt) {
        int seed = HexFormat.fromHexDigits(id.value(), 0, 7) + attempt;
        String name = ADJECTIVES.get(seed % ADJECTIVES.size()) + "_"
                + SURNAMES.get(seed / ADJECTIVES.size() % SURNAMES.size());
        // With more attempts than adjectives, a number makes the name unique.
        return attempt < ADJECTIVES.size() ? name : name + attempt;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
