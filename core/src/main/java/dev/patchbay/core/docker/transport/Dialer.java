package dev.patchbay.core.docker.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Makes connections to one engine. Any thread may call.
interface Dialer {
    /// @throws IOException with a whole sentence for a person as its message: why there is none
    Connection connect() throws IOException;

    /// A connection: one thread reads, another writes.
    interface Connection extends AutoCloseable {
        InputStream in();

        OutputStream out();

        /// What it means that nothing more comes.
        ///
        /// @param cause what reading ended with; its message may be anything
        /// @return a sentence when that is a failure; empty when the other side simply hung up
        String failureReason(IOException cause);

        /// As [#failureReason(IOException)], at the end of the stream. Waits until it is known.
        String failureReason();

        /// From any thread; whoever reads or writes is woken.
        @Override
        void close();
    }
}
