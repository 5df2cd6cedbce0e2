package dev.patchbay.core.docker;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.status.ActivityKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was done to one engine, and so what can be taken back: an engine keeps no such list. It is a file of lines
/// that are only appended, which all programs of this user share; where there can be none, this program remembers
/// alone. Any thread may call.
final class EngineHistory {
    private static final System.Logger LOG = System.getLogger(EngineHistory.class.getName());
    private static final String OWNER_ONLY = "rw-------";
    private static final String UNKNOWN_TITLE = "another change";

    /// Begins a body's values of environment variables.
    private static final String ENVIRONMENT = "\"Env\":[\"";

    /// Locks of a process are lost when it closes the locked file anywhere, so each file has one object here.
    private static final Map<Path, EngineHistory> OPEN = new ConcurrentHashMap<>();

    /// Parts of the lock file: held for as long as a line is written, and for as long as an action runs.
    private static final long WRITING = 0;

    private static final long RUNNING = 1;

    /// Longer files are written anew: each program reads all of it once.
    private static final int MAX_LINES = HistoryEntry.MAX_ENTRIES * 5 / 4;

    /// Null where only this program remembers.
    private final @Nullable Path file;

    private final ReentrantLock turn = new ReentrantLock();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final List<Action> actions = new ArrayList<>();
    private final Set<Long> abandoned = new HashSet<>();
    private final Map<String, String> replacements = new HashMap<>();
    private final Map<String, String> unsavedReplacements = new HashMap<>();
    private Stamp stamp = Stamp.NO_FILE;
    private long completeLength;
    private int lines;

    /// Whether the file holds values of environment variables that no undo or redo needs any more.
    private boolean obsoleteValues;

    private @Nullable FileChannel lock;
    private volatile boolean unusable;
    private String unreportedProblem = "";
    private volatile String runningTitle = UNKNOWN_TITLE;

    /// Something that was done.
    ///
    /// @param objects ids of the objects that it, or what takes it back, is about
    /// @param planJson of which few are ever needed, so that a file is read fast; empty when it is not
    ///     replayed any more
    record Action(HistoryEntry entry, Set<String> objects, String planJson) {
        Action {
            objects = Set.copyOf(objects);
        }

        long number() {
            return entry.number();
        }

        boolean hasPlan() {
            return !planJson.isEmpty();
        }

        Action withoutPlan() {
            return new Action(entry, objects, "");
        }

        /// Whether it holds values of environment variables.
        boolean holdsEnvironment() {
            return planJson.contains(ENVIRONMENT);
        }

        DockerPlan plan() throws RefusedException {
            try {
                return Json.MAPPER.readValue(planJson, DockerPlan.class);
            } catch (JsonProcessingException e) {
                throw HistoryRefusals.notApplicable(entry.title(), "another version of Patchbay did this");
            }
        }
    }

    /// One line of the file.
    ///
    /// @param replacements ids of objects that stand for others now, by the ids of those
    /// @param abandoned numbers of actions that are neither undone nor redone any more
    record Line(
            @JsonSetter(nulls = Nulls.SET) @Nullable Action action,
            Map<String, String> replacements,
            Set<Long> abandoned) {
        Line {
            replacements = Map.copyOf(replacements);
            abandoned = Set.copyOf(abandoned);
        }
    }

    /// An earlier action that is undone or redone.
    record Replay(Action action, HistoryAction asked) {
        long number() {
            return action.number();
        }

        /// @throws RefusedException when there is no way
        DockerPlan plan() throws RefusedException {
            return switch (asked) {
                case UNDO -> action.plan().inverse();
                case REDO -> action.plan().redo();
            };
        }
    }

    /// What a file is known by: another one that takes its place has another inode.
    private record Stamp(long inode, long size) {
        static final Stamp NO_FILE = new Stamp(0, 0);
    }

    /// @param file in a directory of its own; null for none
    EngineHistory(@Nullable Path file) {
        this.file = file;
        this.unusable = file == null;
    }

    /// The one of an engine. Another daemon behind the same socket has another one; Podman has a new id each time.
    static EngineHistory of(DockerEngine engine, Map<String, String> environment) throws EngineException {
        String daemon = "";
        if (!engine.isPodman()) {
            try {
                daemon = engine.get("/info").path("ID").asText("");
            } catch (RefusedException refused) {
                throw new EngineException(
                        "read the engine's id", refused.refusal().sentence());
            }
        }
        Path directory = StateDirectory.of(environment).home().resolve("history");
        Path file = directory.resolve(hash(engine.address() + "\n" + daemon) + ".jsonl");
        return OPEN.computeIfAbsent(file, EngineHistory::new);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The newest last.
    synchronized List<HistoryEntry> entries() {
        read();
        return current();
    }

    private List<HistoryEntry> current() {
        return actions.stream()
                .map(Action::entry)
                .map(entry -> entry.kind() == ActivityKind.ACTION && abandoned.contains(entry.number())
                        ? entry.withKind(ActivityKind.FINAL)
                        : entry)
                .toList();
    }

    /// The plan for what a person asks.
    ///
    /// @throws RefusedException when there is nothing of the kind, or the newest action cannot be undone
    synchronized Replay replay(HistoryAction asked) throws RefusedException {
        List<HistoryEntry> entries = entries();
        if (asked == HistoryAction.UNDO && asked.find(entries) == null && !actions.isEmpty()) {
            // Says why, where that is the reason.
            Action newest = actions.getLast();
            if (newest.hasPlan()) {
                newest.plan().inverse();
            }
        }
        long number = asked.require(entries).number();
        Action found = actions.stream()
                .filter(action -> action.number() == number)
                .findFirst()
                .orElseThrow();
        return new Replay(found, asked);
    }

    /// The id of the object that stands for this one now: what was removed and made again has another id.
    synchronized String currentId(String id) {
        String now = id;
        while (replacements.containsKey(now)) {
            now = replacements.get(now);
        }
        return now;
    }

    /// Of a container, as records know it.
    Id currentId(Id id) {
        return JsonValues.id(currentId(id.value()));
    }

    /// From now on another object stands for this one, and for all that this one stood for.
    synchronized void replaceId(String id, String by) {
        String now = currentId(id);
        if (!now.equals(by)) {
            replacements.put(now, by);
            unsavedReplacements.put(now, by);
        }
    }

    /// In one's turn, as all that writes.
    ///
    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    /// @return its number
    synchronized long add(DockerPlan plan, ActivityKind kind, long refersTo, long micros) {
        boolean last = kind == ActivityKind.ACTION && plan.isFinal();
        append(number -> new Line(
                new Action(
                        new HistoryEntry(
                                number,
                                Instant.now(),
                                last ? ActivityKind.FINAL : kind,
                                refersTo,
                                plan.title(),
                                plan.planned(),
                                micros),
                        plan.objectIds(),
                        // An undo or redo is not replayed itself, but the action that it is about.
                        kind == ActivityKind.ACTION ? json(last ? plan.onlyFinal() : plan) : ""),
                unsavedReplacements,
                last ? actionsOn(plan) : Set.of()));
        return actions.getLast().number();
    }

    private static String json(DockerPlan plan) {
        try {
            return Json.MAPPER.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What was done before to objects that are gone for good cannot be taken back either.
    private Set<Long> actionsOn(DockerPlan gone) {
        Set<String> objects = currentIds(gone.objectIds());
        return actions.stream()
                .filter(action -> !Collections.disjoint(currentIds(action.objects()), objects))
                .map(Action::number)
                .collect(Collectors.toSet());
    }

    private Set<String> currentIds(Set<String> objects) {
        return objects.stream().map(this::currentId).collect(Collectors.toSet());
    }

    /// From now on the action is neither undone nor redone, and older ones can be.
    synchronized void abandon(long number) {
        append(_ -> new Line(null, unsavedReplacements, Set.of(number)));
    }

    /// Waits until nothing is undone or redone, and until all that was begun here before is done.
    void begin() {
        turn.lock();
        lock(false);
    }

    /// Begins unless anything is under way, here or in another program.
    boolean tryBegin() {
        if (!turn.tryLock()) {
            return false;
        }
        if (lock(true)) {
            return true;
        }
        turn.unlock();
        return false;
    }

    /// What is under way is called this from now on.
    void setRunningTitle(String title) {
        runningTitle = title;
    }

    /// What is under way, as far as this program knows.
    String runningTitle() {
        return runningTitle;
    }

    /// Ends what was begun.
    void end() {
        saveReplacements();
        unlock();
        runningTitle = UNKNOWN_TITLE;
        turn.unlock();
        listeners.forEach(Runnable::run);
    }

    private synchronized void saveReplacements() {
        if (!unsavedReplacements.isEmpty()) {
            append(_ -> new Line(null, unsavedReplacements, Set.of()));
        }
    }

    /// Why this program remembers alone, once.
    synchronized Optional<String> takeProblem() {
        String problem = unreportedProblem;
        unreportedProblem = "";
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private synchronized void setUnusable(IOException reason) {
        LOG.log(System.Logger.Level.DEBUG, "no history in " + file, reason);
        unusable = true;
        unreportedProblem = reason instanceof NotOwnedException
                ? String.valueOf(reason.getMessage())
                : EngineException.of("write " + file, reason).reason();
    }

    /// A file of somebody else.
    private static final class NotOwnedException extends IOException {
        private static final long serialVersionUID = 1;

        NotOwnedException(Path path) {
            super(path + " belongs to another user");
        }
    }

    /// @param alone false to share it with the actions of other programs
    /// @return false when another program has it
    private boolean lock(boolean alone) {
        if (unusable || file == null) {
            return true;
        }
        try {
            createDirectory(file);
            FileChannel opened = open(Path.of(file + ".lock"));
            lock = opened;
            if (alone && opened.tryLock(RUNNING, 1, false) == null) {
                unlock();
                return false;
            }
            if (!alone) {
                opened.lock(RUNNING, 1, true);
            }
        } catch (IOException e) {
            unlock();
            setUnusable(e);
        }
        return true;
    }

    private void unlock() {
        try (FileChannel _ = lock) {
            lock = null;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lock of " + file + " was not closed cleanly", e);
        }
    }

    private static Path createDirectory(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        Files.createDirectories(Objects.requireNonNull(directory.getParent()));
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        requireOwned(directory);
        return directory;
    }

    private static void requireOwned(Path path) throws IOException {
        if (!Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new NotOwnedException(path);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        FileChannel opened = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        try {
            requireOwned(path);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /// What other programs have appended, or all of a file that has taken the place of the one that was read.
    private void read() {
        if (unusable || file == null) {
            return;
        }
        try {
            Stamp now = stamp();
            if (now.equals(stamp)) {
                return;
            }
            if (now.inode() != stamp.inode() || now.size() < completeLength) {
                actions.clear();
                abandoned.clear();
                replacements.clear();
                lines = 0;
                completeLength = 0;
            }
            if (now.size() > 0) {
                readLines(file);
            }
            forgetPlans();
            replacements.putAll(unsavedReplacements);
            stamp = now;
        } catch (IOException e) {
            setUnusable(e);
        }
    }

    private void readLines(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] content =
                    Channels.newInputStream(in.position(completeLength)).readAllBytes();
            int begin = 0;
            for (int at = 0; at < content.length; at++) {
                if (content[at] == '\n') {
                    read(Arrays.copyOfRange(content, begin, at));
                    begin = at + 1;
                }
            }
            completeLength += begin;
        }
    }

    /// What came before a line of another version is not taken back past it.
    private void read(byte[] line) {
        try {
            accept(Json.MAPPER.readValue(line, Line.class));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a line of " + file + " is not understood", e);
            actions.forEach(action -> abandoned.add(action.number()));
            lines++;
        }
    }

    private void accept(Line line) {
        replacements.putAll(line.replacements());
        abandoned.addAll(line.abandoned());
        if (line.action() instanceof Action action) {
            actions.add(action);
            if (actions.size() > HistoryEntry.MAX_ENTRIES) {
                Action oldest = actions.removeFirst();
                abandoned.remove(oldest.number());
                obsoleteValues |= oldest.holdsEnvironment();
            }
        }
        lines++;
    }

    /// Plans hold values of environment variables. Those that are neither undone nor redone any more go.
    private void forgetPlans() {
        List<HistoryEntry> entries = current();
        Set<Long> replayable = HistoryAction.replayable(entries);
        for (int at = 0; at < actions.size(); at++) {
            Action action = actions.get(at);
            // What cannot be undone says why.
            boolean needed =
                    replayable.contains(action.number()) || action.entry().kind() == ActivityKind.FINAL;
            if (action.hasPlan() && !needed) {
                obsoleteValues |= action.holdsEnvironment();
                actions.set(at, action.withoutPlan());
            }
        }
    }

    private Stamp stamp() throws IOException {
        if (file == null) {
            return Stamp.NO_FILE;
        }
        try {
            Map<String, Object> found = Files.readAttributes(file, "unix:ino,size", LinkOption.NOFOLLOW_LINKS);
            requireOwned(file);
            return found.get("ino") instanceof Long inode && found.get("size") instanceof Long size
                    ? new Stamp(inode, size)
                    : Stamp.NO_FILE;
        } catch (NoSuchFileException e) {
            return Stamp.NO_FILE;
        }
    }

    /// @param next the line with the number that an action gets
    private void append(Function<Long, Line> next) {
        try (FileLock _ = lock == null ? null : lock.lock(WRITING, 1, false)) {
            read();
            Line line = next.apply(actions.isEmpty() ? 1 : actions.getLast().number() + 1);
            unsavedReplacements.clear();
            accept(line);
            forgetPlans();
            if (!unusable && file != null) {
                write(line, file);
            }
        } catch (IOException e) {
            setUnusable(e);
        }
    }

    /// What a writer that was ended left of a line goes.
    private void write(Line line, Path file) throws IOException {
        try (FileChannel out = open(file)) {
            out.truncate(completeLength);
            out.position(completeLength);
            write(out, bytes(List.of(line)));
            completeLength = out.position();
        }
        if (lines > MAX_LINES || obsoleteValues) {
            compact(file);
        }
        stamp = stamp();
    }

    private static byte[] bytes(List<Line> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Line line : lines) {
            bytes.writeBytes(Json.MAPPER.writeValueAsBytes(line));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(FileChannel out, byte[] content) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    /// Only what is remembered stays, and of the ids those that it names.
    private void compact(Path file) throws IOException {
        List<Line> kept = new ArrayList<>();
        actions.forEach(action -> kept.add(new Line(action, Map.of(), Set.of())));
        String text = new String(bytes(kept), StandardCharsets.UTF_8);
        Map<String, String> named = replacements.keySet().stream()
                .filter(text::contains)
                .collect(Collectors.toMap(Function.identity(), this::currentId));
        kept.addFirst(new Line(null, named, abandoned));
        Path other = Path.of(file + ".new");
        Files.deleteIfExists(other);
        try (FileChannel out = open(other)) {
            write(out, bytes(kept));
            completeLength = out.position();
        }
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        lines = kept.size();
        obsoleteValues = false;
    }

    /// Calls `changed` when something was done, here or by another program, until the handle is closed.
    AutoCloseable watch(Runnable changed) {
        listeners.add(changed);
        WatchService watch = watchFile(changed);
        return () -> {
            listeners.remove(changed);
            if (watch != null) {
                watch.close();
            }
        };
    }

    private @Nullable WatchService watchFile(Runnable changed) {
        if (file == null) {
            return null;
        }
        try {
            Path directory = createDirectory(file);
            WatchService watch = directory.getFileSystem().newWatchService();
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            Thread.ofVirtual().name("history-watch").start(() -> watchFile(watch, file, changed));
            return watch;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "changes of " + file + " are not heard of", e);
            return null;
        }
    }

    private void watchFile(WatchService watch, Path file, Runnable changed) {
        try {
            for (WatchKey key = watch.take(); ; key = watch.take()) {
                boolean concerned = key.pollEvents().stream()
                        .anyMatch(event -> event.context() instanceof Path name && file.endsWith(name));
                if (concerned && !isCurrent()) {
                    changed.run();
                }
                if (!key.reset()) {
                    return;
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Nobody listens any more.
        }
    }

    private synchronized boolean isCurrent() {
        try {
            return unusable || stamp().equals(stamp);
        } catch (IOException e) {
            return true;
        }
    }
}
