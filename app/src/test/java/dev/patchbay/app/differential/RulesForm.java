package dev.patchbay.app.differential;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rules of Docker 28 and of Docker 20.10 in one form.
///
/// Docker 28 has the rules that 20.10 has in `FORWARD` in chains of its own, `DOCKER-FORWARD`, `DOCKER-CT` and
/// `DOCKER-BRIDGE`, and in another order. So all of them stand in `FORWARD` here, without chains and jumps that only
/// lead there, in the order of the alphabet. Whether the order lets the right packets through is shown by the packets
/// of the scenarios.
final class RulesForm {
    private static final Pattern CHAIN = Pattern.compile("-A PATCHBAY-(?:FORWARD|CT|BRIDGE) ");
    private static final Pattern LEADS_THERE =
            Pattern.compile(":PATCHBAY\\S* -|-A \\S+ -j (?:PATCHBAY-(?:FORWARD|CT|BRIDGE)|RETURN)");
    private static final Pattern ALL_OF_A_BRIDGE = Pattern.compile("-A FORWARD -i (\\S+) -j ACCEPT");

    private RulesForm() {}

    static CommandResult normal(CommandResult rules) {
        return new CommandResult(
                rules.exitCode(),
                VolatileValues.masked(rules.out())
                        .lines()
                        .flatMap(RulesForm::normal)
                        .sorted()
                        .collect(Collectors.joining("\n")),
                rules.err());
    }

    private static Stream<String> normal(String rule) {
        if (LEADS_THERE.matcher(rule).matches()) {
            return Stream.of();
        }
        String inForward = CHAIN.matcher(rule).replaceFirst("-A FORWARD ");
        var all = ALL_OF_A_BRIDGE.matcher(inForward);
        return all.matches()
                ? List.of(
                        all.replaceFirst("-A FORWARD -i $1 ! -o $1 -j ACCEPT"),
                        all.replaceFirst("-A FORWARD -i $1 -o $1 -j ACCEPT"))
                        .stream()
                : Stream.of(inForward);
    }
}
