package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Refusal;
import java.util.Objects;

/// What the helper sends: answers and, after [Request.Subscribe], events in between.
///
/// While it works on a request of a connection, and on every connection that subscribed, it sends a [KeepAlive] each
/// second: so a client tells a long piece of work from a helper that is stopped.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "frame")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.ReplyFrame.class, name = "reply"),
    @JsonSubTypes.Type(value = ServerFrame.EventFrame.class, name = "event"),
    @JsonSubTypes.Type(value = ServerFrame.KeepAlive.class, name = "keep-alive"),
    @JsonSubTypes.Type(value = ServerFrame.Rejected.class, name = "turned-away")
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

    /// The helper works.
    record KeepAlive() implements ServerFrame {}

    /// The last frame of a connection, which the helper closes after that: it is not served, or what came on it was
    /// no request.
    record Rejected(Refusal refusal) implements ServerFrame {
        public Rejected {
            Objects.requireNonNull(refusal);
        }
    }
}
