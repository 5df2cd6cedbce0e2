package dev.patchbay.core.model;

/// The size of a container on the disk of its host.
///
/// @param writableBytes size of its writable layer
/// @param totalBytes with its image; 0 where there is no image
public record ContainerSize(long writableBytes, long totalBytes) {
    public static final ContainerSize NOTHING = new ContainerSize(0, 0);
}
