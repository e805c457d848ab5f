package org.noports.testkit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel on a file of a {@link ForgetfulDisk}. */
final class ForgetfulChannel extends FileChannel {
  private final ForgetfulDisk disk;
  private final ForgetfulFile file;
  private long position;

  ForgetfulChannel(ForgetfulDisk disk, ForgetfulFile file) {
    this.disk = disk;
    this.file = file;
  }

  private void checkOpen() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int read(ByteBuffer into, long from) throws IOException {
    checkOpen();
    byte[] bytes = new byte[into.remaining()];
    int count;
    synchronized (disk) {
      count = file.read(from, bytes, bytes.length);
    }
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    checkOpen();
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    synchronized (disk) {
      file.write(at, bytes);
    }
    return bytes.length;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    checkOpen();
    synchronized (disk) {
      file.force();
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    checkOpen();
    synchronized (disk) {
      file.truncate(size);
    }
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    synchronized (disk) {
      return file.size();
    }
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) {
    return new FileLock(this, from, size, shared) {
      @Override
      public boolean isValid() {
        return ForgetfulChannel.this.isOpen();
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    return tryLock(from, size, shared);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = read(into, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = write(source, position);
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long at) {
    position = at;
    return this;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
    int length = read(bytes, from);
    return length <= 0 ? 0 : target.write(bytes.flip());
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
    int length = source.read(bytes);
    return length <= 0 ? 0 : write(bytes.flip(), at);
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException("Nobody reads so");
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException("Nobody writes so");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("A mapped file cannot forget");
  }

  @Override
  protected void implCloseChannel() {}
}
