package org.noports.tunnel.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.LinkKeys;
import org.noports.protocol.np2.RecordHeader;

/**
 * One direction's key: its traffic secret, its nonces, and how much it has served. A key that is
 * replaced is wiped before the next is used.
 *
 * @param <K> what seals or opens
 */
abstract class Direction<K extends AutoCloseable> implements AutoCloseable {
  private final ByteBuffer header = ByteBuffer.allocate(RecordHeader.LENGTH);
  private SuiteAlgorithms algorithms;
  private Secret traffic;
  private byte[] iv = new byte[0];
  private byte[] nonce = iv;
  private long sequence;
  private long served;
  private long records;
  private boolean stopped;
  private boolean closed;
  K engine;

  /** Takes over {@code traffic}. */
  final void use(SuiteAlgorithms next, Secret nextTraffic) throws CipherUnavailable {
    if (closed) {
      nextTraffic.close();
      return;
    }
    var keys = new LinkKeys(next.derivation());
    RecordCipher cipher = next.cipher();
    wipe();
    stopped = false;
    traffic = nextTraffic;
    algorithms = next;
    iv = keys.iv(nextTraffic, cipher.nonceLength());
    nonce = iv.clone();
    sequence = 0;
    served = 0;
    try (Secret key = keys.key(nextTraffic, cipher.keyLength())) {
      engine = start(cipher, key);
    }
  }

  /** To the next key of this direction; the one before cannot be computed from it. */
  final void ratchet() throws CipherUnavailable {
    if (closed || stopped) {
      return;
    }
    use(algorithms, new LinkKeys(algorithms.derivation()).next(traffic));
  }

  /** Its key is wiped, and no record passes until there is another. */
  final void stop() {
    if (!closed) {
      stopped = true;
      wipe();
    }
  }

  /** Whether there is no key at the moment. */
  final boolean stopped() {
    return stopped;
  }

  abstract K start(RecordCipher cipher, Secret key) throws CipherUnavailable;

  abstract void close(K used);

  /** The nonce of the next record; the same array each time. */
  final byte[] nextNonce() {
    if (sequence == Long.MAX_VALUE) {
      throw new IllegalStateException("A key's records are counted to the end");
    }
    int last = iv.length - 1;
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[last - i] = (byte) (iv[last - i] ^ (sequence >>> 8 * i));
    }
    sequence++;
    return nonce;
  }

  final ByteBuffer header(int value) {
    return header.putInt(0, value).clear();
  }

  final void served(int clear) {
    served += clear;
    records++;
  }

  /** Clear bytes under this key. */
  final long served() {
    return served;
  }

  /** Records of this direction under all of its keys. */
  final long records() {
    return records;
  }

  /** Whether this key was used at all. */
  final boolean used() {
    return sequence > 0;
  }

  final int tag() {
    return algorithms.cipher().tagLength();
  }

  final boolean closed() {
    return closed;
  }

  private void wipe() {
    if (engine != null) {
      close(engine);
      engine = null;
    }
    if (traffic != null) {
      traffic.close();
    }
    Arrays.fill(iv, (byte) 0);
    Arrays.fill(nonce, (byte) 0);
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      wipe();
      // A link is remembered for longer than a cipher bundle may stay.
      algorithms = null;
    }
  }
}
