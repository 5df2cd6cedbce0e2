package dev.patchbay.core.compose;

import dev.patchbay.core.model.Change;
import java.util.Objects;

/// One container of a service.
///
/// @param number from 1, among the containers of the service
/// @param named the file says how it is called on the host
/// @param wanted how it is made
public record ProjectContainer(String service, int number, boolean named, Change.RunContainer wanted) {
    public String name() {
        return Objects.requireNonNull(wanted.name());
    }
}
