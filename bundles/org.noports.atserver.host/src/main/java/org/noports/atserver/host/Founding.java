package org.noports.atserver.host;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.MetadataChange;

/** The first things an atSign's space holds: what its owner will be known by. */
sealed interface Founding {
  /** What is stored first. */
  List<StoreChange> changes(Records records, AtSign self);

  /** Its owner has cut keys already. */
  record WithKeys(String authenticationKey, String encryptionKey) implements Founding {
    @Override
    public List<StoreChange> changes(Records records, AtSign self) {
      MetadataChange plain = MetadataChange.NONE;
      return List.of(
          records.fresh(KeyNames.PKAM_PUBLIC_KEY, authenticationKey, plain, self),
          records.fresh(KeyNames.encryptionPublicKey(self), encryptionKey, plain, self));
    }
  }

  /** Its owner will show a secret once, and cut keys then. */
  record WithSecret(Secret secret) implements Founding {
    /** As long as those that the reference's provisioning gives out: 512 bits in hexadecimal. */
    private static final int BYTES = 64;

    /** A fresh secret that nobody knows yet. */
    static Secret make() {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      byte[] text = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
      Arrays.fill(random, (byte) 0);
      return Secret.owning(text);
    }

    @Override
    public List<StoreChange> changes(Records records, AtSign self) {
      byte[] text = secret.exposeSecretBytes();
      try {
        return List.of(
            records.fresh(
                KeyNames.CRAM_SECRET,
                new String(text, StandardCharsets.UTF_8),
                MetadataChange.NONE,
                self));
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    }
  }

  /** Writes the first things into an atSign's new space, in one batch. */
  static CompletionStage<BatchResult> write(Founding founding, AtSignStore space) {
    Records records = new Records(() -> Optional.of(space));
    return records.apply(new ArrayList<>(founding.changes(records, space.atSign())));
  }

  /** The authentication key that the atSign's space holds; empty before its owner has one. */
  static CompletionStage<Optional<String>> authenticationKey(AtSignStore space) {
    return new Records(() -> Optional.of(space))
        .get(KeyNames.PKAM_PUBLIC_KEY)
        .thenApply(found -> found.map(record -> record.value()));
  }
}
