package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.Comparator;
import java.util.List;

/// Writes rules in the format of `iptables-save -c` and `ip6tables-save -c`; the restore command accepts
/// the part of a family.
public final class IptablesSaveWriter {
    private IptablesSaveWriter() {}

    public static String of(HostRules sample) {
        StringBuilder text = new StringBuilder();
        for (Family family : Family.values()) {
            List<String> tables = sample.chains().stream()
                    .filter(chain -> chain.family() == family)
                    .map(KernelChain::table)
                    .distinct()
                    .toList();
            if (!tables.isEmpty()) {
                text.append("# ").append(family.iptablesCommand()).append("-save\n");
                tables.forEach(table -> write(sample, family, table, text));
            }
        }
        return text.toString();
    }

    private static void write(HostRules sample, Family family, String table, StringBuilder text) {
        text.append('*').append(table).append('\n');
        List<KernelChain> chains = sample.chains().stream()
                .filter(chain -> chain.family() == family && chain.table().equals(table))
                .toList();
        for (KernelChain chain : chains) {
            text.append(":%s %s [%d:%d]\n".formatted(chain.name(), chain.policy(), chain.packets(), chain.bytes()));
        }
        for (KernelChain chain : chains) {
            sample.rules().stream()
                    .filter(rule -> rule.family() == family
                            && rule.table().equals(table)
                            && rule.chain().equals(chain.name()))
                    .sorted(Comparator.comparingInt(KernelRule::number))
                    .forEach(rule -> text.append(line(rule)));
        }
        text.append("COMMIT\n");
    }

    private static String line(KernelRule rule) {
        String specification = rule.specification().isEmpty() ? "" : " " + rule.specification();
        return "[%d:%d] -A %s%s\n".formatted(rule.packets(), rule.bytes(), rule.chain(), specification);
    }
}
