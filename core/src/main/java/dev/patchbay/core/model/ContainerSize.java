package dev.patchbay.core.model;

/// How many bytes a container has on the disk of its host.
///
/// @param writableBytes those that it has written itself
/// @param totalBytes the same with those of its image; 0 where there is no image
public record ContainerSize(long writableBytes, long totalBytes) {
    public static final ContainerSize NOTHING = new ContainerSize(0, 0);
}
