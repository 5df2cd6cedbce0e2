package dev.patchbay.core.docker.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Opens connections to one engine. Thread-safe.
interface Dialer {
    /// @throws IOException with a complete sentence for a person as its message
    Connection connect() throws IOException;

    /// A connection: one thread reads, another one writes.
    interface Connection extends AutoCloseable {
        InputStream in();

        OutputStream out();

        /// The meaning of the end of reading.
        ///
        /// @param cause the exception of the read; its message may be anything
        /// @return a sentence for a failure; empty when the peer closed the connection
        String failureReason(IOException cause);

        /// As [#failureReason(IOException)], at the end of the stream. Waits until it is known.
        String failureReason();

        /// Thread-safe; wakes threads that read or write.
        @Override
        void close();
    }
}
