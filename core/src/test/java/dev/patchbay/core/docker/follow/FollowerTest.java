package dev.patchbay.core.docker.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
    @TempDir
    private Path directory;

    /// Nobody would start this again when a helper that was stopped goes on.
    @Test
    void onlyAHelperThatIsGoneEndsIt() throws Exception {
        Path socket = directory.resolve("helper.sock");
        Follower follower = new Follower("unix:///run/docker.sock", socket);
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertThat(follower.hasWork()).isTrue();
        }
        assertThat(follower.hasWork()).isFalse();
    }
}
