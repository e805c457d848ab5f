package org.noports.ssh.client.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file at which each write may fail. */
final class TroubledChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final Before before;

  /** Looks at a write before it is done. */
  interface Before {
    void write(int bytes) throws IOException;
  }

  TroubledChannel(SeekableByteChannel file, Before before) {
    this.file = file;
    this.before = before;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    before.write(bytes.remaining());
    return file.write(bytes);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return file.read(bytes);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
