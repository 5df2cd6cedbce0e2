package dev.patchbay.app.viewmodel.form;

import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.HostViewModel;
import dev.patchbay.app.viewmodel.Tasks;
import dev.patchbay.core.Change;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.Driver;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// New network: an empty subnet or gateway is left to the host, which proposes a free one.
public final class NetworkForm implements ChangeForm {
    private static final Pattern GATEWAY_OF_STEPS = Pattern.compile("addr(?:ess)? add ([0-9.]+/[0-9]+)");

    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty subnet = new SimpleStringProperty("");
    private final StringProperty gateway = new SimpleStringProperty("");
    private final BooleanProperty internal = new SimpleBooleanProperty();
    private final Preview preview;

    public NetworkForm(HostViewModel host, Tasks tasks) {
        preview = new Preview(host, tasks, this::change);
        preview.follow(name, subnet, gateway, internal);
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty subnet() {
        return subnet;
    }

    public StringProperty gateway() {
        return gateway;
    }

    public BooleanProperty internal() {
        return internal;
    }

    /// What is wrong with the name; empty when nothing is.
    public String nameProblem() {
        return name.get().isEmpty() || Typed.isName(name.get().strip()) ? "" : Messages.of("form.name.bad");
    }

    public String subnetProblem() {
        return subnet.get().isBlank() || Typed.isCidr(subnet.get().strip()) ? "" : Messages.of("form.subnet.bad");
    }

    public String gatewayProblem() {
        return gateway.get().isBlank() || Typed.address(gateway.get().strip()) != null
                ? ""
                : Messages.of("form.gateway.bad");
    }

    /// The subnet that the host would choose, read off the bridge's address in the steps; empty while unknown.
    public StringBinding proposedSubnet() {
        return Bindings.createStringBinding(
                () -> {
                    Cidr found = bridgeAddress();
                    return found == null ? "" : found.network().toString();
                },
                preview.state());
    }

    public StringBinding proposedGateway() {
        return Bindings.createStringBinding(
                () -> {
                    Cidr found = bridgeAddress();
                    return found == null ? "" : found.address().getHostAddress();
                },
                preview.state());
    }

    private @Nullable Cidr bridgeAddress() {
        List<PlannedStep> steps = preview.state().get() instanceof Preview.State.Steps(_, var planned)
                ? planned
                : List.of();
        return steps.stream()
                .flatMap(step -> step.lines().stream())
                .map(GATEWAY_OF_STEPS::matcher)
                .filter(Matcher::find)
                .map(found -> Cidr.of(found.group(1)))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Change change() {
        if (name.get().isBlank()
                || !nameProblem().isEmpty()
                || !subnetProblem().isEmpty()
                || !gatewayProblem().isEmpty()) {
            return null;
        }
        return new Change.CreateNetwork(
                name.get().strip(),
                Driver.BRIDGE,
                orNull(subnet.get()),
                orNull(gateway.get()),
                null,
                internal.get(),
                Map.of(),
                Map.of());
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    @Override
    public Preview preview() {
        return preview;
    }
}
