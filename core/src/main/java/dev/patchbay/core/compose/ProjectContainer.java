package dev.patchbay.core.compose;

import dev.patchbay.core.model.Change;
import java.util.Objects;

/// One container of a service.
///
/// @param number from 1, among the containers of the service
/// @param hasExplicitName whether the file gives its name on the host
/// @param definition the change that creates it
public record ProjectContainer(String service, int number, boolean hasExplicitName, Change.RunContainer definition) {
    public String name() {
        return Objects.requireNonNull(definition.name());
    }
}
