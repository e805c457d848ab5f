package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Pieces;
import org.noports.benchmarks.wire.Wire;

/** A connection to an atServer whose owner has authenticated. */
final class AtServerLink {
  private static final String PREFIX = "data:";

  private final CompletableFuture<AtServerLink> ready = new CompletableFuture<>();
  private final Pieces lines;
  private final Wire wire;
  private final Owner owner;
  private boolean challenged;

  /**
   * Who authenticates.
   *
   * @param atSign with its at
   */
  record Owner(String atSign, PrivateKey key) {
    String sign(String challenge) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(challenge.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private AtServerLink(Wire wire, Owner owner) {
    this.wire = wire;
    this.owner = owner;
    lines = Pieces.lines(this::greeted);
  }

  /** Connects and authenticates. */
  static CompletableFuture<AtServerLink> open(Driver driver, int port, Owner owner) {
    CompletableFuture<AtServerLink> link = new CompletableFuture<>();
    return driver
        .connect(
            port,
            wire -> {
              AtServerLink made = new AtServerLink(wire, owner);
              link.complete(made);
              return made.lines;
            })
        .thenCompose(wire -> link)
        .thenCompose(AtServerLink::authenticate);
  }

  private CompletableFuture<AtServerLink> authenticate() {
    wire.send("from:" + owner.atSign() + "\n");
    return ready;
  }

  private void greeted(ByteBuf line) {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    int data = text.indexOf(PREFIX);
    if (data < 0) {
      ready.completeExceptionally(new IllegalStateException("The atServer said " + text));
    } else if (challenged) {
      lines.then(ignored -> {});
      ready.complete(this);
    } else {
      challenged = true;
      wire.send("pkam:" + owner.sign(text.substring(data + PREFIX.length())) + "\n");
    }
  }

  Wire wire() {
    return wire;
  }

  /** Whom each further line is shown to. */
  void hear(Consumer<ByteBuf> line) {
    lines.then(line);
  }
}
