package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/// What the helper sends: answers and, after [Request.Subscribe], events in between.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "frame")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.ReplyFrame.class, name = "reply"),
    @JsonSubTypes.Type(value = ServerFrame.EventFrame.class, name = "event")
})
public sealed interface ServerFrame {
    /// @param id of the request that is answered
    record ReplyFrame(long id, Reply reply) implements ServerFrame {
        public ReplyFrame {
            Objects.requireNonNull(reply);
        }
    }

    record EventFrame(Event event) implements ServerFrame {
        public EventFrame {
            Objects.requireNonNull(event);
        }
    }
}
