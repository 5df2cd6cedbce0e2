package dev.patchbay.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// For a test class that changes the kernel: `@ExtendWith(PrivateNamespace.class)`.
///
/// The test JVM as a whole runs in private network, mount and pid namespaces (`build/netns/bin/java`), as root of
/// them, with an empty `/run` of its own and `lo` up. So a test may use the kernel freely: `ip`, `iptables`,
/// `/proc/sys/net`. This guard runs before anything else: outside a private namespace the class is skipped, and
/// under CI it fails. After each test the links, the named namespaces and the firewall rules have to be those from
/// before it; what is left is named, and links and namespaces are removed so that the next test is not blamed.
public final class PrivateNamespace implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(PrivateNamespace.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        require(isPrivate(), "a private network namespace; run the tests through Maven");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException, InterruptedException {
        context.getStore(STORE).put("before", KernelInventory.take());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
        KernelInventory before = context.getStore(STORE).get("before", KernelInventory.class);
        KernelInventory after = KernelInventory.take();
        before.removeWhatIsNew(after);
        assertThat(after).as("the kernel after the test").isEqualTo(before);
    }

    /// True when this JVM's network namespace is another than the one the wrapper was started in.
    public static boolean isPrivate() throws IOException {
        String outer = System.getenv("PATCHBAY_OUTER_NETNS");
        return outer != null
                && !outer.isEmpty()
                && !Files.readSymbolicLink(Path.of("/proc/self/ns/net"))
                        .toString()
                        .equals(outer);
    }

    /// A skip on a person's machine, a failure where everything has to be there.
    public static void require(boolean condition, String what) {
        if (System.getenv("CI") != null) {
            assertThat(condition).as("this test needs " + what).isTrue();
        }
        assumeTrue(condition, () -> "this test needs " + what);
    }
}
