package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRefusalsTest {
    @TempDir
    Path sysctls;

    @ParameterizedTest
    @CsvSource({
        "user/max_user_namespaces, 0, user.max_user_namespaces=15000",
        "kernel/unprivileged_userns_clone, 0, kernel.unprivileged_userns_clone=1",
        "kernel/apparmor_restrict_unprivileged_userns, 1, kernel.apparmor_restrict_unprivileged_userns=0"
    })
    void aForbiddingSettingIsNamedWithItsCure(String setting, String value, String cure) throws Exception {
        Files.createDirectories(sysctls.resolve(setting).getParent());
        Files.writeString(sysctls.resolve(setting), value + "\n");

        Refusal refusal = StartRefusals.namespacesForbidden(sysctls, true, List.of("unshare: unshare failed"));

        assertThat(refusal.code()).isEqualTo("user-namespaces-forbidden");
        assertThat(refusal.sentence()).contains("(" + setting.replace('/', '.') + "=" + value + ")");
        assertThat(refusal.advice()).contains("sudo sysctl -w " + cure);
        assertThat(StartRefusals.namespacesForbidden(sysctls, false, List.of()).code())
                .isEqualTo("namespaces-forbidden");
    }

    @Test
    void anyOtherObstacleIsToldInItsOwnWords() {
        assertThat(StartRefusals.namespacesForbidden(
                                sysctls, true, List.of("unshare: unshare failed: Operation not permitted"))
                        .sentence())
                .endsWith("unshare: unshare failed: Operation not permitted.");
    }

    @Test
    void missingProgramsAreNamed() {
        assertThat(StartRefusals.missingPrograms(List.of("ip", "busybox")).sentence())
                .contains("ip, busybox");
    }
}
