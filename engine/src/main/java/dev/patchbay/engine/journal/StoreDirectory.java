package dev.patchbay.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// The files of a store, and how they are made durable. Only the owner can enter the directory or read
/// its files.
///
/// A name is durable when [#sync] has returned; the bytes of a file need a force of their own.
final class StoreDirectory {
    private static final String JOURNAL = "journal.";
    private static final String SNAPSHOT = "snapshot.";
    private static final String UNFINISHED = ".unfinished";
    private static final String DAMAGED = "damaged-";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    private StoreDirectory(Path path) {
        this.path = path;
    }

    /// The directory, created if necessary.
    static StoreDirectory at(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null && !Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(parent);
            Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            new StoreDirectory(parent).sync();
        }
        if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(absolute.toString());
        }
        Files.setPosixFilePermissions(absolute, OWNER_ONLY);
        return new StoreDirectory(absolute);
    }

    Path path() {
        return path;
    }

    Path journal(long generation) {
        return path.resolve(JOURNAL + generation);
    }

    Path snapshot(long generation) {
        return path.resolve(SNAPSHOT + generation);
    }

    NavigableMap<Long, Path> journals() throws IOException {
        return generations(JOURNAL);
    }

    NavigableMap<Long, Path> snapshots() throws IOException {
        return generations(SNAPSHOT);
    }

    /// Opens a file of the store: with private permissions, and never through a symbolic link.
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, PRIVATE_FILE);
    }

    /// Writes a file under a temporary name; see [#publish].
    void writeUnfinished(Path file, ByteBuffer bytes) throws IOException {
        Path unfinished = unfinished(file);
        Files.deleteIfExists(unfinished);
        try (FileChannel out = open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /// Gives a temporary file its final name; it is complete and durable when this returns.
    void publish(Path file) throws IOException {
        Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /// Gives a file a second name under which it is kept but not read; creates an empty one for a
    /// missing file.
    Path linkAsDamaged(Path file) throws IOException {
        Path aside = damagedName(file);
        if (Files.exists(file)) {
            // A hard link, because a full disk has room for it.
            Files.createLink(aside, file);
        } else {
            Files.createFile(aside, PRIVATE_FILE);
        }
        sync();
        return aside;
    }

    /// All damaged files that still exist.
    List<Path> damagedFiles() throws IOException {
        List<Path> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, DAMAGED + "*")) {
            files.forEach(kept::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        kept.sort(null);
        return kept;
    }

    /// Renames an unreadable file, so that it is kept but not read.
    Path moveAsDamaged(Path file) throws IOException {
        Path aside = damagedName(file);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        sync();
        return aside;
    }

    /// Deletes older generations, and temporary files of a crash.
    void deleteObsolete(long oldestKept) throws IOException {
        for (NavigableMap<Long, Path> files : List.of(journals(), snapshots())) {
            for (Path old : files.headMap(oldestKept, false).values()) {
                Files.delete(old);
            }
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(path, "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /// The disk space that an unprivileged user can still use, in bytes.
    long usableSpace() throws IOException {
        long bytes = path.toFile().getUsableSpace();
        // 0 may also mean that the size is unknown; the file store, which reads all mounts first, throws
        // instead.
        return bytes > 0 ? bytes : Files.getFileStore(path).getUsableSpace();
    }

    /// Never an existing name, so that earlier damaged files stay too.
    private Path damagedName(Path file) {
        String name = DAMAGED + file.getFileName();
        Path aside = path.resolve(name);
        for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
            aside = path.resolve(name + "-" + i);
        }
        return aside;
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private NavigableMap<Long, Path> generations(String prefix) throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, prefix + "*")) {
            for (Path file : files) {
                String number = file.getFileName().toString().substring(prefix.length());
                if (number.matches("0|[1-9][0-9]{0,17}")) {
                    found.put(Long.valueOf(number), file);
                }
            }
        }
        return found;
    }
}
