package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.concurrent.Callable;

/// Makes, finds and enters network namespaces. Named ones are those of `ip netns`: bind mounts in `/run/netns`.
@SuppressWarnings("DoNotCallSuggester")
public final class Namespaces {
    private Namespaces() {}

    /// Makes a named namespace with `lo` up. A name that is taken is a failure (EEXIST); on failure nothing is left.
    public static Namespace create(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Opens a named namespace; ENOENT when there is none.
    public static Namespace open(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Opens the namespace a process is in.
    public static Namespace ofProcess(long pid) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Opens the namespace of the calling thread.
    public static Namespace current() throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Takes the name away; the namespace itself ends with its last process or holder.
    ///
    /// @return false when there was none of this name
    public static boolean delete(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// The names in `/run/netns`, sorted.
    public static List<String> names() throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Runs the work inside a namespace, on a platform thread of its own, and waits for it. An exception of the work
    /// other than [EngineException] becomes the cause of one.
    ///
    /// The work must start neither threads nor processes: they would be born in the namespace, and the JDK keeps
    /// some of them (carriers, process reapers) for others to use.
    public static <T> T inside(Namespace namespace, Callable<T> work) throws EngineException {
        throw new UnsupportedOperationException();
    }
}
