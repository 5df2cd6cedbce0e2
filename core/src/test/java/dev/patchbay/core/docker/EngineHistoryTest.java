package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.Precondition;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.status.ActivityKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two programs share one file: here two objects that know nothing of each other.
class EngineHistoryTest {
    @TempDir
    Path home;

    private Path file;
    private EngineHistory ours;

    @BeforeEach
    void open() {
        file = home.resolve("history/engine.jsonl");
        ours = theirs();
    }

    private EngineHistory theirs() {
        return new EngineHistory(file);
    }

    private static DockerPlan create(String network) {
        return new DockerPlan(
                "docker network create " + network,
                List.of(new DockerStep(
                                "create network " + network,
                                List.of("docker network create " + network),
                                new DockerStep.Action.CreateObject(
                                        ApiRequest.post(
                                                "/networks/create",
                                                JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("Name", network)),
                                        "stands for " + network),
                                new DockerStep.Inverse.NotNeeded())
                        .withInverse(new DockerStep(
                                        "remove network " + network,
                                        "docker network rm " + network,
                                        ApiRequest.delete("/networks/" + network))
                                .requiring(new Precondition.NetworkIsThere(
                                        new EngineObject("stands for " + network, network))))));
    }

    /// As of a container that is gone for good.
    private static DockerPlan lose(String network) {
        return new DockerPlan(
                "docker network rm " + network,
                List.of(new DockerStep(
                                "remove network " + network,
                                "docker network rm " + network,
                                ApiRequest.delete("/networks/" + network))
                        .requiring(new Precondition.NetworkIsThere(new EngineObject("stands for " + network, network)))
                        .withoutInverse("it is gone")));
    }

    private static long add(EngineHistory history, DockerPlan plan) {
        return add(history, plan, ActivityKind.ACTION, 0);
    }

    private static long add(EngineHistory history, DockerPlan plan, ActivityKind kind, long refersTo) {
        history.begin();
        try {
            return history.add(plan, kind, refersTo, 1000);
        } finally {
            history.end();
        }
    }

    private static String undoable(EngineHistory history) {
        HistoryEntry found = HistoryAction.UNDO.find(history.entries());
        return found == null ? "" : found.title();
    }

    private static String refusal(EngineHistory history, HistoryAction action) {
        return catchThrowableOfType(RefusedException.class, () -> history.replay(action))
                .refusal()
                .sentence();
    }

    @Test
    void anotherProgramUndoesAndRedoes() throws Exception {
        EngineHistory theirs = theirs();
        assertThat(refusal(ours, HistoryAction.UNDO)).isEqualTo("Nothing to undo");
        assertThat(file).as("who only reads makes no file").doesNotExist();
        ours.begin();
        ours.replaceId("stands for shop", "a1");
        long number = ours.add(create("shop"), ActivityKind.ACTION, 0, 1000);
        ours.end();

        assertThat(theirs.entries()).isEqualTo(ours.entries()).hasSize(1);
        assertThat(theirs.currentId("stands for shop")).isEqualTo("a1");
        EngineHistory.Replay undo = theirs.replay(HistoryAction.UNDO);
        assertThat(undo.plan()).isEqualTo(ours.replay(HistoryAction.UNDO).plan());
        assertThat(undo.number()).isEqualTo(number);
        assertThat(add(theirs, undo.plan(), ActivityKind.UNDO, number)).isEqualTo(number + 1);

        assertThat(refusal(ours, HistoryAction.UNDO)).isEqualTo("Nothing to undo");
        assertThat(ours.replay(HistoryAction.REDO).plan().title()).isEqualTo("redo: docker network create shop");
    }

    private static final String VALUE = "hunter2";

    /// As of a container with a password in its environment.
    private static DockerPlan run(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("Env").add("PASSWORD=" + VALUE);
        return new DockerPlan(
                "docker run -e PASSWORD web",
                List.of(ContainerSteps.create(
                        new EngineObject("stands for " + name, name),
                        "docker create -e PASSWORD web",
                        body,
                        new Precondition.RunningIs(new EngineObject("stands for " + name, name), true))));
    }

    private static int values(String text) {
        return text.split(VALUE, -1).length - 1;
    }

    @Test
    void valuesOfEnvironmentVariablesGoWhenNothingNeedsThemAnyMore() throws Exception {
        long first = add(ours, run("web"));
        assertThat(values(Files.readString(file))).as("for a redo").isEqualTo(1);
        add(ours, ours.replay(HistoryAction.UNDO).plan(), ActivityKind.UNDO, first);
        add(ours, ours.replay(HistoryAction.REDO).plan(), ActivityKind.REDO, first);
        assertThat(values(Files.readString(file))).isEqualTo(1);
        EngineHistory theirs = theirs();
        add(theirs, theirs.replay(HistoryAction.UNDO).plan(), ActivityKind.UNDO, first);
        assertThat(theirs.replay(HistoryAction.REDO).plan().steps()).hasSize(1);
        add(ours, create("shop"));
        assertThat(values(Files.readString(file))).as("an action after an undo").isZero();

        add(ours, run("web"));
        add(theirs, lose("web"));
        assertThat(values(Files.readString(file)))
                .as("a container that is gone")
                .isZero();
        assertThat(undoable(ours)).isEqualTo("docker network create shop");

        long third = add(ours, run("web"));
        theirs.begin();
        theirs.abandon(third);
        theirs.end();
        assertThat(values(Files.readString(file)))
                .as("an undo that was refused")
                .isZero();

        add(ours, run("web"));
        for (int number = 0; number < HistoryEntry.MAX_ENTRIES; number++) {
            add(ours, create("net " + number));
        }
        assertThat(values(Files.readString(file)))
                .as("longer ago than is remembered")
                .isZero();
        assertThat(theirs.entries()).isEqualTo(ours.entries());
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        add(ours, create("shop"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("history"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aTornLineIsIgnoredAndCutOff() throws IOException {
        add(ours, create("one"));
        Files.writeString(file, "{\"action\":{\"number\":2,", StandardOpenOption.APPEND);
        EngineHistory theirs = theirs();
        assertThat(undoable(theirs)).isEqualTo("docker network create one");
        add(theirs, create("two"));
        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
        assertThat(ours.entries()).extracting(HistoryEntry::number).containsExactly(1L, 2L);
    }

    @Test
    void nothingIsUndonePastALineOfAnotherVersion() throws IOException {
        add(ours, create("one"));
        Files.writeString(file, "{\"new\":\"kind\"}\n", StandardOpenOption.APPEND);
        assertThat(ours.entries()).extracting(HistoryEntry::kind).containsExactly(ActivityKind.FINAL);
        add(ours, create("two"));
        assertThat(undoable(theirs())).isEqualTo("docker network create two");
    }

    @Test
    void whatCannotBeUndoneIsPassedOverByBoth() throws Exception {
        EngineHistory theirs = theirs();
        add(ours, create("one"));
        add(ours, create("two"));
        add(theirs, lose("two"));
        assertThat(ours.entries())
                .extracting(HistoryEntry::kind)
                .containsExactly(ActivityKind.ACTION, ActivityKind.FINAL, ActivityKind.FINAL);
        assertThat(undoable(ours)).isEqualTo("docker network create one");
        theirs.begin();
        theirs.abandon(1);
        theirs.end();
        assertThat(refusal(ours, HistoryAction.UNDO)).contains("cannot be undone", "it is gone");
        assertThat(Files.readString(file).lines()).as("only appended").hasSize(4);
    }

    @Test
    void anExchangedFileIsReadAnew() throws IOException {
        add(ours, create("one"));
        byte[] one = Files.readAllBytes(file);
        add(ours, create("two"));
        Path other = Files.write(home.resolve("other"), one);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(undoable(ours)).isEqualTo("docker network create one");
        Files.delete(file);
        assertThat(ours.entries()).isEmpty();
        assertThat(add(ours, create("three"))).isEqualTo(1);
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        EngineHistory theirs = theirs();
        ours.begin();
        ours.replaceId("long ago", "b1");
        ours.end();
        for (int number = 1; number <= 260; number++) {
            if (number == 200) {
                ours.replaceId("stands for net 200", "a1");
                ours.replaceId("a1", "a2");
            }
            add(number % 2 == 0 ? ours : theirs, create("net " + number));
        }
        assertThat(ours.entries()).isEqualTo(theirs.entries()).hasSize(HistoryEntry.MAX_ENTRIES);
        assertThat(ours.entries().getLast().number()).isEqualTo(260);
        assertThat(Files.readAllLines(file))
                .hasSizeLessThan(251)
                .noneMatch(line -> line.contains("long ago") || line.contains("\"net 50\""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        EngineHistory third = theirs();
        assertThat(third.entries()).isEqualTo(ours.entries());
        assertThat(third.currentId("stands for net 200")).isEqualTo("a2");
    }

    /// The file lock is one of the process, so another process holds it.
    @Test
    void nothingIsUndoneWhileAnotherProgramActs() throws Exception {
        add(ours, create("shop"));
        Process other = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import fcntl, sys\n"
                                + "f = open(sys.argv[1], 'r+')\n"
                                + "fcntl.lockf(f, fcntl.LOCK_SH, 1, 1)\n"
                                + "print('held', flush=True)\n"
                                + "sys.stdin.read()",
                        file + ".lock")
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(ours.tryBegin()).isFalse();
            // Two actions at once are no harm.
            add(ours, create("other"));
        } finally {
            other.outputWriter().close();
            other.waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(ours.tryBegin()).isTrue();
        ours.end();
    }

    @Test
    void whereThereCanBeNoFileThisProgramRemembersAlone() throws IOException {
        Files.writeString(home.resolve("history"), "no directory");
        add(ours, create("shop"));
        assertThat(ours.takeProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("history"));
        assertThat(ours.takeProblem()).as("said once").isEmpty();
        assertThat(undoable(ours)).isEqualTo("docker network create shop");
        assertThat(ours.tryBegin()).isTrue();
        ours.end();
        assertThat(theirs().entries()).isEmpty();
    }

    @Test
    void aFileOfSomebodyElseIsLeftAlone() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to give a file away");
        add(ours, create("shop"));
        String before = Files.readString(file);
        Files.setAttribute(file, "unix:uid", 12345);
        EngineHistory theirs = theirs();
        assertThat(theirs.entries()).isEmpty();
        add(theirs, create("mine"));
        assertThat(theirs.takeProblem())
                .hasValueSatisfying(problem -> assertThat(problem).endsWith("belongs to another user"));
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void aWindowHearsWhatACommandDid() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        EngineHistory theirs = theirs();
        try (AutoCloseable _ = ours.watch(() -> {
            ours.entries();
            heard.incrementAndGet();
        })) {
            add(theirs, create("shop"));
            await().until(() -> heard.get() > 0);
            int before = heard.get();
            add(ours, create("own"));
            assertThat(heard.get()).isGreaterThan(before);
        }
    }
}
