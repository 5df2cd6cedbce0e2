package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./patchbay` and `./verify` do before and after the build: packages, a JDK, and the judgement of the tests.
class BuildScriptsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private record Ran(int exitCode, String out, String err) {}

    @Test
    void anAlternativeThatIsInstalledIsNotReplaced() throws Exception {
        packages("busybox-static", "iproute2", "util-linux", "curl", "libgtk-3-0t64");
        String needed = "need_packages \"${PATCHBAY_TOOLS[@]}\" 'libgtk-3-0|libgtk-3-0t64'";

        assertThat(inTree(needed)).isEqualTo(new Ran(0, "", "Installing iptables ...\n"));
        assertThat(installed()).endsWith(" iptables\n");
        packages("iproute2", "util-linux", "iptables", "curl", "libgtk-3-0");
        inTree(needed);
        assertThat(installed()).as("the first of a choice").endsWith(" busybox\n");
    }

    @Test
    void nothingIsEverRemovedForAPackage() throws Exception {
        packages();
        inTree("need_packages \"${PATCHBAY_TOOLS[@]}\" \"${PATCHBAY_WINDOW[@]}\"");
        assertThat(installed().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("--no-remove"));
    }

    /// The package says the same of what it needs.
    @Test
    void theListsAreThoseOfThePackage() throws Exception {
        List<String> depends = Files.readAllLines(TOP.resolve("installer/debian/control")).stream()
                .filter(line -> line.startsWith("Depends: "))
                .flatMap(line -> List.of(line.substring("Depends: ".length()).split(", ")).stream())
                .map(wanted -> wanted.replace(" ", ""))
                .toList();
        Ran lists = inTree("printf '%s\\n' \"${PATCHBAY_TOOLS[@]}\" \"${PATCHBAY_WINDOW[@]}\"");
        assertThat(depends).containsAll(lists.out().lines().toList());
    }

    @Test
    void aMissingJdkIsOneCommand() throws Exception {
        boolean able = run(Map.of(), "unshare", "--user", "--map-root-user", "--mount", "true")
                        .exitCode()
                == 0;
        assumeTrue(able || System.getenv("CI") != null, "needs a user namespace");
        Path none = Files.createDirectory(directory.resolve("none"));
        program("apt-cache", "exit 1");
        String script = "mount --bind " + none + " /usr/lib/jvm && . " + TOP + "/.mvn/find-jdk25.sh";
        Map<String, String> environment = Map.of("JAVA_HOME", "", "JDK25_HOME", "", "HOME", none.toString());

        Ran nowhere = run(environment, "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script);
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err().lines())
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("  mkdir -p ~/.jdks && curl -fsSL https://api.adoptium.net/v3/binary/latest/25/ga/linux/")
                .endsWith(" | tar -xzC ~/.jdks");

        program("apt-cache", "echo '  Candidate: 25.0.1+8-1'");
        Ran packaged = run(environment, "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script);
        assertThat(packaged.err().lines().toList().get(1)).isEqualTo("  apt-get install openjdk-25-jdk-headless");
    }

    @Test
    void aFailedTestAndASkipUnderCiFailTheRun() throws Exception {
        judged("TEST-a.GoodTest.xml", "<testcase name=\"works\" classname=\"a.GoodTest\" time=\"0\"/>");
        assertThat(judge(Map.of())).isEqualTo(new Ran(0, "", ""));

        judged("TEST-a.SkippedTest.xml", """
                <testcase name="" classname="a.SkippedTest" time="0">
                  <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: needs "podman"
                	at a.SkippedTest.need(SkippedTest.java:1)
                ]]></skipped>
                </testcase>
                """);
        String skip = "  a.SkippedTest#: Assumption failed: needs \"podman\"";
        assertThat(judge(Map.of())).isEqualTo(new Ran(0, "", "Skipped:\n" + skip + "\n"));
        assertThat(judge(Map.of("CI", "true")))
                .isEqualTo(new Ran(1, "", "Failed:\n" + skip + " (skipped, which is a failure where CI is set)\n"));
        Files.writeString(directory.resolve("build/skips"), "# why\na.SkippedTest  # the kernel may be without\n");
        assertThat(judge(Map.of("CI", "true"))).isEqualTo(new Ran(0, "", "Skipped:\n" + skip + "\n"));

        judged("TEST-a.BadTest.xml", """
                <testcase name="breaks" classname="a.BadTest" time="0">
                  <failure message="expected: &lt;1&gt;&#10;but was: 2" type="x"><![CDATA[trace]]></failure>
                </testcase>
                <testcase name="ends" classname="a.BadTest" time="0">
                  <error type="x"><![CDATA[trace]]></error>
                </testcase>
                """);
        assertThat(judge(Map.of()).exitCode()).isEqualTo(1);
        assertThat(judge(Map.of()).err())
                .contains("Failed:\n  a.BadTest#breaks: expected: <1>\n  a.BadTest#ends: trace\n");
    }

    /// Maven goes on when a test JVM ends in the middle; the classes that it had not come to have no report.
    @Test
    void aTestClassWithoutAReportFailsTheRun() throws Exception {
        Path sources = Files.createDirectories(directory.resolve("core/src/test/java/a"));
        Files.writeString(sources.resolve("GoodTest.java"), "class GoodTest {}\n");
        Files.writeString(sources.resolve("LostTest.java"), "class LostTest {}\n");
        Files.writeString(sources.resolve("BaseTest.java"), "abstract class BaseTest {}\n");
        judged("TEST-a.GoodTest.xml", "<testcase name=\"works\" classname=\"a.GoodTest\" time=\"0\"/>");

        assertThat(judge(Map.of(), "--all"))
                .isEqualTo(new Ran(1, "", "Failed:\n  a.LostTest: did not run to its end, there is no report\n"));
        Files.setLastModifiedTime(directory.resolve("since"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(judge(Map.of(), "--all").err())
                .as("a report of an earlier run")
                .contains("a.GoodTest");
    }

    private void judged(String report, String cases) throws IOException {
        for (String module : List.of("engine", "core", "app")) {
            Files.createDirectories(directory.resolve(module));
        }
        Files.createDirectories(directory.resolve("build"));
        Path script = directory.resolve("build/check-tests");
        if (Files.notExists(script)) {
            Files.copy(TOP.resolve("build/check-tests"), script, StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(directory.resolve("build/skips"), "# none\n");
            Files.writeString(directory.resolve("since"), "");
            Files.setLastModifiedTime(
                    directory.resolve("since"), FileTime.fromMillis(System.currentTimeMillis() - 60_000));
        }
        Path reports = Files.createDirectories(directory.resolve("core/target/surefire-reports"));
        Files.writeString(reports.resolve(report), "<testsuite>\n" + cases + "\n</testsuite>\n");
    }

    private Ran judge(Map<String, String> environment, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                directory.resolve("build/check-tests").toString(),
                directory.resolve("since").toString()));
        line.addAll(List.of(words));
        return run(environment, line.toArray(String[]::new));
    }

    /// A machine that has these packages.
    private void packages(String... installed) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (String name : installed) {
            answer.append("installed=").append(name).append(' ');
        }
        program("dpkg-query", "printf '%s' '" + answer + "'; exit 1");
        program("apt-get", "echo \"$*\" >>" + directory.resolve("apt-get.log"));
    }

    private String installed() throws IOException {
        return Files.readString(directory.resolve("apt-get.log"));
    }

    private void program(String name, String body) throws IOException {
        Path program = Files.createDirectories(directory.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// As root, since an ordinary user is told the command alone.
    private Ran inTree(String script) throws Exception {
        List<String> asRoot = System.getProperty("user.name").equals("root")
                ? List.of()
                : List.of("unshare", "--user", "--map-root-user");
        List<String> line = new ArrayList<>(asRoot);
        line.addAll(List.of("bash", "-euc", "cd " + TOP + "; . build/common.sh; " + script));
        return run(Map.of(), line.toArray(String[]::new));
    }

    private Ran run(Map<String, String> environment, String... line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().remove("CI");
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Path err = Files.createTempFile(directory, "err", "");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(err));
    }
}
