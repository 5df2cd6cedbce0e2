package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;

/// The Linux error numbers that the engine uses (asm-generic/errno.h), and exceptions for them.
public final class Errno {
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EMSGSIZE = 90;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /// @param result of a [Libc] call: negative for a failure
    /// @param what the failure, as `cannot open /run/netns/x`
    /// @return the result when it is no failure
    public static int check(String step, String what, int result) throws EngineException {
        if (result < 0) {
            throw failure(step, what, -result);
        }
        return result;
    }

    public static EngineException failure(String step, String what, int errno) {
        return new EngineException(step, what + ": " + Libc.errorText(errno), errno, null);
    }
}
