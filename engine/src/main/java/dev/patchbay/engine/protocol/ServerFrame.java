package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Refusal;
import java.util.Objects;

/// A frame of the helper: a reply or, after [Request.Subscribe], an event.
///
/// While the helper works on a request of a connection, and on every subscribed connection, it sends a
/// [KeepAlive] each second. So a client can distinguish long work from a stopped helper.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "frame")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.ReplyFrame.class, name = "reply"),
    @JsonSubTypes.Type(value = ServerFrame.EventFrame.class, name = "event"),
    @JsonSubTypes.Type(value = ServerFrame.KeepAlive.class, name = "keep-alive"),
    @JsonSubTypes.Type(value = ServerFrame.Rejected.class, name = "turned-away")
})
public sealed interface ServerFrame {
    /// @param id of the request that it answers
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

    /// The helper is alive.
    record KeepAlive() implements ServerFrame {}

    /// The last frame of a connection, which the helper then closes: the client is not admitted, or it
    /// did not send a valid request.
    record Rejected(Refusal refusal) implements ServerFrame {
        public Rejected {
            Objects.requireNonNull(refusal);
        }
    }
}
