package dev.patchbay.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the directions of the design: app to core to engine, and each dangerous call in its one place. */
class ArchitectureTest {
    private static final String ENGINE = "dev.patchbay.engine..";
    private static final String CORE = "dev.patchbay.core..";
    private static final String APP = "dev.patchbay.app..";
    private static final String LIBC = "dev.patchbay.engine.os.Libc";

    private static JavaClasses patchbay;

    @BeforeAll
    static void readTheClassesOnce() {
        patchbay = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.patchbay");
    }

    @Test
    void allThreeModulesAreRead() {
        assertThat(patchbay.containPackage("dev.patchbay.engine.daemon")).isTrue();
        assertThat(patchbay.containPackage("dev.patchbay.core.model")).isTrue();
        assertThat(patchbay.containPackage("dev.patchbay.app")).isTrue();
    }

    @Test
    void noTwoPackagesImportEachOther() {
        slices().matching("dev.patchbay.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package is understood with those below it alone")
                .check(patchbay);
    }

    @Test
    void noNameIsGivenToTwoClasses() throws IOException {
        Map<String, List<Path>> files;
        try (Stream<Path> modules = Stream.of("engine", "core", "app").map(Path.of("..")::resolve)) {
            files = modules.flatMap(ArchitectureTest::sources)
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
        }
        files.remove("package-info.java");
        assertThat(files).hasSizeGreaterThan(1000);
        assertThat(files.values())
                .as("classes with one simple name")
                .allSatisfy(places -> assertThat(places).hasSize(1));
    }

    private static Stream<Path> sources(Path module) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void engineDependsOnNeitherCoreNorApp() {
        hold(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE, APP)
                .because("the engine runs privileged and has to be readable on its own"));
    }

    @Test
    void engineUsesNoLibraryButJackson() {
        hold(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ENGINE, "java..", "jdk..", "com.fasterxml.jackson..", "org.jspecify..")
                .because("every library in the helper is code that runs as root"));
    }

    @Test
    void theFirewallKnowsRulesAndNoSpecs() {
        hold(noClasses()
                .that()
                .resideInAnyPackage("dev.patchbay.engine.firewall..", "dev.patchbay.engine.rule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.patchbay.engine.ruleset..", "dev.patchbay.engine.spec..")
                .because("what runs a change of rules may be another process, and another back end"));
    }

    @Test
    void coreDoesNotDependOnApp() {
        hold(noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP)
                .because("window and command line are equal clients of the core, and it knows neither"));
    }

    @Test
    void whatEveryHostHasIsWorkedOutWithoutTheHelpersRecords() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.patchbay.core.compose..",
                        "dev.patchbay.core.ports..",
                        "dev.patchbay.core.reachability..",
                        "dev.patchbay.core.packet..",
                        "dev.patchbay.core.rules..",
                        "dev.patchbay.core.filter..",
                        "dev.patchbay.core.ipam..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.patchbay.engine.spec..", "dev.patchbay.engine.protocol..")
                .because("a feature is written once, on the model: an engine's host has no specs"));
    }

    @Test
    void theResolverKnowsLittle() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.patchbay.core.resolver..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.patchbay.core.resolver..",
                        "dev.patchbay.engine",
                        "dev.patchbay.engine.dns..",
                        "dev.patchbay.engine.net..",
                        "dev.patchbay.engine.spec..",
                        "java..",
                        "org.xbill.DNS..",
                        "org.slf4j..",
                        "org.jspecify..")
                .because("it reads packets from containers: little code, and it starts fast"));
    }

    @Test
    void onlyTheResolverReadsTheDns() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.patchbay.core.resolver..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill.DNS..")
                .because("packets from containers are read in a process without privileges"));
    }

    @Test
    void onlyOnePackageSpeaksToEngines() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.patchbay.core.docker.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.github.dockerjava.core..",
                        "com.github.dockerjava.transport..",
                        "com.github.dockerjava.zerodep..")
                .because("every request has one limit of silence and one way to fail"));
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.patchbay.core.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .because("the rest of Patchbay works without an engine"));
    }

    @Test
    void javafxStaysInApp() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(ENGINE, CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "com.sun.javafx..")
                .because("everything below the window has to run without a display"));
    }

    @Test
    void foreignMemoryIsUsedInLibcOnly() {
        hold(noClasses()
                .that(describe(
                        "are not Libc",
                        c -> !c.getName().equals(LIBC) && !c.getName().startsWith(LIBC + "$")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .because("a wrong native call ends the process: one class holds them all and is reviewed as such"));
    }

    @Test
    void processesAreStartedInSevenPackagesOnly() {
        hold(noClasses()
                .that(describe(
                        "are outside engine.client, engine.lab, engine.os, engine.dns, engine.sandbox, core.docker.transport and"
                                + " core.docker.config",
                        c -> !resideInAnyPackage(
                                        "dev.patchbay.engine.client..",
                                        "dev.patchbay.engine.lab..",
                                        "dev.patchbay.engine.os..",
                                        "dev.patchbay.engine.dns..",
                                        "dev.patchbay.engine.sandbox..",
                                        "dev.patchbay.core.docker.transport..",
                                        "dev.patchbay.core.docker.config..")
                                .test(c)))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(describe("it is Runtime.exec", ArchitectureTest::isRuntimeExec))
                .because("a command line is where text turns into power: the helper launcher, iptables,"
                        + " the resolver, the sandbox, the person's own ssh and credential helpers are the only ones"));
    }

    @Test
    void oneClassHopsToTheFxThread() {
        Set<String> callers = patchbay.stream()
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .filter(ArchitectureTest::isRunLater)
                .map(access -> outermost(access.getOriginOwner().getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(callers)
                .as("classes that call Platform.runLater, because one hop keeps the order of events")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void addressesAreWrittenInOnePlace() {
        Set<String> callers = patchbay.stream()
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(InetAddress.class)
                        && Set.of("getHostAddress", "toString")
                                .contains(access.getTarget().getName()))
                .map(access -> outermost(access.getOriginOwner().getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(callers)
                .as("classes that write an address as Java does, which is not the form of RFC 5952, that of Docker and"
                        + " the kernel's tools")
                .containsExactly("dev.patchbay.engine.net.Addresses");
    }

    @Test
    void viewModelsSeeNoScene() {
        hold(noClasses()
                .that()
                .haveNameMatching("dev\\.patchbay\\.app\\.[a-z.]+[A-Za-z]*(ViewModel|Form|Row|Fields)(\\$.*)?")
                .or()
                .resideInAnyPackage("dev.patchbay.app.model..", "dev.patchbay.app.text..", "dev.patchbay.app.task..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..", "atlantafx..")
                .because("a view model is tested without a window and never sees a control"));
    }

    private static void hold(ArchRule rule) {
        rule.check(patchbay);
    }

    private static boolean isRuntimeExec(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Runtime.class)
                && call.getTarget().getName().equals("exec");
    }

    private static boolean isRunLater(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("javafx.application.Platform")
                && access.getTarget().getName().equals("runLater");
    }

    private static String outermost(String className) {
        int dollar = className.indexOf('$');
        return dollar < 0 ? className : className.substring(0, dollar);
    }
}
