package org.noports.policy.rules.country;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, however it grows meanwhile. */
final class FirstBytes extends FilterInputStream {
  private long left;

  FirstBytes(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(into, offset, (int) Math.min(length, left));
    left -= Math.max(count, 0);
    return count;
  }
}
