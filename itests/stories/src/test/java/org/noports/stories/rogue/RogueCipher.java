package org.noports.stories.rogue;

import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.cipher.jca.JcaAead;
import org.noports.api.cipher.jca.JcaRecordCipher;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** AES-128-GCM, as long as nobody wants it to misbehave. */
public final class RogueCipher implements RecordCipher, BundleActivator {
  private static final String MISDEED = "noports.story.misdeed";
  private static final String FREE = "noports.story.free";

  private final RecordCipher honest = new JcaRecordCipher(JcaAead.gcm("AES", "SunJCE", 16)) {};

  @Override
  public void start(BundleContext context) {
    var properties = new Hashtable<String, Object>();
    properties.put(RecordCipher.ALGORITHM, context.getBundle().getHeaders().get("Rogue-Name"));
    context.registerService(RecordCipher.class, this, properties);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes its service away.
  }

  @Override
  public int keyLength() {
    return honest.keyLength();
  }

  @Override
  public int nonceLength() {
    return honest.nonceLength();
  }

  @Override
  public int tagLength() {
    return honest.tagLength();
  }

  @Override
  public RecordSeal sealing(Secret key) throws CipherUnavailable {
    RecordSeal seal = honest.sealing(key);
    return new RecordSeal() {
      @Override
      public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
        seal.seal(nonce, additional, clear, sealed);
        misbehave(clear, sealed);
      }

      @Override
      public void close() {
        seal.close();
      }
    };
  }

  private static void misbehave(ByteBuffer clear, ByteBuffer sealed) {
    switch (System.getProperty(MISDEED, "none")) {
      case "throws" -> throw new UnsupportedOperationException("not today");
      case "hangs" -> hang();
      case "gives out too little" -> sealed.position(sealed.position() - 1);
      case "lies about what it has read" -> clear.position(clear.position() - 1);
      default -> {}
    }
  }

  /** Until the story is over, whoever interrupts it. */
  private static void hang() {
    while (!Boolean.getBoolean(FREE)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Override
  public RecordOpen opening(Secret key) throws CipherUnavailable {
    return honest.opening(key);
  }
}
