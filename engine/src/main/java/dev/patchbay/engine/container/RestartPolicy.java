package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether a container is restarted when its command ends by itself.
///
/// @param maximumRetryCount maximum number of restarts; 0 for no limit
public record RestartPolicy(Name name, int maximumRetryCount) {
    /// Docker's names.
    public enum Name {
        @JsonProperty("no")
        NO("no"),
        @JsonProperty("on-failure")
        ON_FAILURE("on-failure"),
        @JsonProperty("always")
        ALWAYS("always"),
        @JsonProperty("unless-stopped")
        UNLESS_STOPPED("unless-stopped");

        private final String word;

        Name(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public static final RestartPolicy NO = new RestartPolicy(Name.NO, 0);

    public RestartPolicy {
        if (maximumRetryCount < 0) {
            throw new IllegalArgumentException("maximum retry count cannot be negative");
        }
        if (maximumRetryCount != 0 && name != Name.ON_FAILURE) {
            throw new IllegalArgumentException("maximum retry count cannot be used with restart policy '" + name + "'");
        }
    }

    /// As a person types it: `on-failure:3`.
    @Override
    public String toString() {
        return maximumRetryCount == 0 ? name.toString() : name + ":" + maximumRetryCount;
    }
}
