package org.noports.transport;

import io.netty.channel.FileRegion;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes that wait in a {@link KernelPipe}, as a message to the channel that they go out on: it
 * takes its turn among the other writes, and tells when it is done as they do.
 */
final class SplicedBytes extends AbstractReferenceCounted implements FileRegion {
  private final KernelPipe pipe;
  private final FileDescriptor socket;
  private final long count;
  private long transferred;

  /**
   * Takes over a pipe.
   *
   * @param socket where they go, the channel's own
   */
  SplicedBytes(KernelPipe pipe, long count, FileDescriptor socket) {
    this.pipe = pipe;
    this.count = count;
    this.socket = socket;
  }

  /** The channel's stream is passed by: the kernel moves the pages by itself. */
  @Override
  public long transferTo(WritableByteChannel ignored, long position) throws IOException {
    int moved = pipe.drain(socket, count - transferred);
    transferred += moved;
    return moved;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  protected void deallocate() {
    pipe.give(transferred == count);
  }

  @Override
  public FileRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public FileRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FileRegion touch() {
    return this;
  }

  @Override
  public FileRegion touch(Object hint) {
    return this;
  }
}
