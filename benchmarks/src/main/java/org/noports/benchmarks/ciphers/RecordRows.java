package org.noports.benchmarks.ciphers;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Samples;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.ChaCha20Poly1305;

/** Each record cipher as the data path uses it: a nonce, four bytes of header, content, a tag. */
public final class RecordRows {
  private static final Map<String, Integer> SIZES = sizes();
  private static final double GOAL = 0.8;
  private static final double SECONDS = 0.5;
  private static final int BATCH = 64;
  private static final int HEADER = 4;
  private static final double MIB = 1048576;

  private RecordRows() {}

  private static Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("1.4 KiB", 1434);
    sizes.put("16 KiB", 16 * 1024);
    sizes.put("64 KiB", 64 * 1024);
    return sizes;
  }

  /** Rows of AES-256-GCM, which has a goal, and of ChaCha20-Poly1305. */
  public static void measure(Report report) throws Exception {
    for (String size : SIZES.keySet()) {
      Map<String, Samples> aes = run(new Aes256Gcm(), "aes-256-gcm", SIZES.get(size));
      String what = "AES-256-GCM, records of " + size;
      report.atLeast(
          GOAL, what + ", sealed : openssl speed", aes.get("seal"), aes.get("peer"), "MiB/s");
      report.atLeast(
          GOAL, what + ", opened : openssl speed", aes.get("open"), aes.get("peer"), "MiB/s");
    }
    for (String size : SIZES.keySet()) {
      Map<String, Samples> cha = run(new ChaCha20Poly1305(), "chacha20-poly1305", SIZES.get(size));
      String what = "ChaCha20-Poly1305, records of " + size;
      report.figure(what + ", sealed : openssl speed", cha.get("seal"), cha.get("peer"), "MiB/s");
      report.figure(what + ", opened : openssl speed", cha.get("open"), cha.get("peer"), "MiB/s");
    }
  }

  private static Map<String, Samples> run(RecordCipher cipher, String peer, int size)
      throws Exception {
    Map<String, Rounds.Contestant> contestants = new LinkedHashMap<>();
    contestants.put("seal", () -> sealed(cipher, size));
    contestants.put("open", () -> opened(cipher, size));
    contestants.put("peer", () -> OpenSslSpeed.seals(peer, size));
    return Rounds.run(3, 5, contestants);
  }

  private static Secret key(RecordCipher cipher) {
    byte[] key = new byte[cipher.keyLength()];
    new Random(1).nextBytes(key);
    return Secret.owning(key);
  }

  private static double sealed(RecordCipher cipher, int size) throws Exception {
    ByteBuffer clear = ByteBuffer.allocate(size);
    ByteBuffer sealed = ByteBuffer.allocate(size + cipher.tagLength());
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    ByteBuffer nonce = ByteBuffer.allocate(cipher.nonceLength());
    try (Secret key = key(cipher);
        RecordSeal seal = cipher.sealing(key)) {
      return size
          / MIB
          * ProcessorTime.rate(
              SECONDS,
              BATCH,
              () -> {
                nonce.putInt(0, nonce.getInt(0) + 1);
                seal.seal(nonce.array(), header.clear(), clear.clear(), sealed.clear());
              });
    }
  }

  /** Two records in turn: the JDK takes one nonce twice in a row for a mistake. */
  private static double opened(RecordCipher cipher, int size) throws Exception {
    ByteBuffer clear = ByteBuffer.allocate(size);
    ByteBuffer[] sealed = new ByteBuffer[2];
    byte[][] nonces = new byte[sealed.length][cipher.nonceLength()];
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    int[] next = new int[1];
    try (Secret key = key(cipher);
        RecordSeal seal = cipher.sealing(key);
        RecordOpen open = cipher.opening(key)) {
      for (int i = 0; i < sealed.length; i++) {
        nonces[i][0] = (byte) i;
        sealed[i] = ByteBuffer.allocate(size + cipher.tagLength());
        seal.seal(nonces[i], header.clear(), clear.clear(), sealed[i]);
      }
      return size
          / MIB
          * ProcessorTime.rate(
              SECONDS,
              BATCH,
              () -> {
                int i = next[0] ^= 1;
                open.open(nonces[i], header.clear(), sealed[i].rewind(), clear.clear());
              });
    }
  }
}
