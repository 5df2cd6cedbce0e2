package dev.patchbay.engine.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleChangeTest {
    private static final int MANY = 120;

    private final SpecSketch sketch = new SpecSketch();
    private final NetworkSpec first = sketch.network("10.0.0.0/24");
    private final EndpointSpec inside = sketch.sandboxOn(first, "10.0.0.2/24");
    private final PortSpec port = sketch.port(inside, "8080:80/tcp");

    @Test
    void whereNoRuleChangesNobodyElseIsLookedAt() {
        for (int i = 1; i <= MANY; i++) {
            sketch.network("10.0." + i + ".0/24");
        }
        Specs specs = sketch.specs();
        SpecChange renamed = new SpecChange(List.of(inside.withAliases(List.of("other"))), List.of());

        RuleChange change = RuleChange.of(specs, renamed, specs.after(renamed));

        assertThat(change.objects()).containsExactlyInAnyOrder(first.id(), port.id());
    }

    @Test
    void whereARuleComesFewNeighboursTellItsPlace() {
        NetworkSpec last = first;
        for (int i = 1; i <= MANY; i++) {
            last = sketch.network("10.0." + i + ".0/24");
        }
        Specs after = sketch.specs();
        SpecChange come = new SpecChange(List.of(last), List.of());
        Specs before = after.after(new SpecChange(List.of(), List.of(last.id())));

        RuleChange change = RuleChange.of(before, come, after);

        assertThat(change.objects()).contains(last.id()).hasSizeLessThan(10);
        assertThat(change.to(Family.IPV4)).isNotEqualTo(change.from(Family.IPV4));
    }
}
