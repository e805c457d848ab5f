package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.noports.benchmarks.control.AtServerLink.Owner;
import org.noports.benchmarks.wire.Driver;

/** Owners who authenticate again and again, on connections that stay. */
final class Authentications {
  private static final int CONNECTIONS = 8;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int LIMIT_SECONDS = 30;
  private static final String DATA = "data:";

  private final Owner owner;
  private final List<AtServerLink> links = new ArrayList<>();
  private final CompletableFuture<Double> result = new CompletableFuture<>();
  private final long start = System.nanoTime();
  private int under;
  private long done;

  private Authentications(Owner owner) {
    this.owner = owner;
  }

  /** Authentications in a second; the driver's thread signs. */
  static double perSecond(Driver driver, int port, Owner owner) throws Exception {
    Authentications run = new Authentications(owner);
    for (int i = 0; i < CONNECTIONS; i++) {
      run.links.add(AtServerLink.open(driver, port, owner).get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    driver.loop().execute(() -> run.links.forEach(run::begin));
    double rate = run.result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    run.links.forEach(link -> link.wire().close());
    return rate;
  }

  private void begin(AtServerLink link) {
    under++;
    link.hear(line -> heard(link, line));
    link.wire().send("from:" + owner.atSign() + "\n");
  }

  private void heard(AtServerLink link, ByteBuf line) {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    int data = text.indexOf(DATA);
    if (data < 0) {
      result.completeExceptionally(new IllegalStateException("The atServer said " + text));
      return;
    }
    String said = text.substring(data + DATA.length());
    if (!said.equals("success")) {
      link.wire().send("pkam:" + owner.sign(said) + "\n");
      return;
    }
    done++;
    if (System.nanoTime() - start < NANOS) {
      link.wire().send("from:" + owner.atSign() + "\n");
    } else if (--under == 0) {
      result.complete(done / ((System.nanoTime() - start) / 1e9));
    }
  }

  /** What one core could sign and verify in a second if it did nothing else. */
  static double limit() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Owner signer = new Owner("@limit", keys.getPrivate());
    byte[] text = "_challenge".getBytes(StandardCharsets.UTF_8);
    Signature verifier = Signature.getInstance("SHA256withRSA");
    long begin = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - begin < NANOS) {
      byte[] signature = java.util.Base64.getDecoder().decode(signer.sign("_challenge"));
      verifier.initVerify(keys.getPublic());
      verifier.update(text);
      if (!verifier.verify(signature)) {
        throw new IllegalStateException("A signature did not fit");
      }
      count++;
    }
    return count / ((System.nanoTime() - begin) / 1e9);
  }
}
