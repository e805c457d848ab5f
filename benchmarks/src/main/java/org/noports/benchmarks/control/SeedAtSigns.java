package org.noports.benchmarks.control;

import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.MetadataChange;
import org.noports.store.mvstore.EmbeddedAtStore;

/**
 * Fills a store with atSigns as a host would have, all with the same keys: to cut twenty thousand
 * would take an hour.
 */
public final class SeedAtSigns {
  private SeedAtSigns() {}

  /**
   * Ends when all are kept.
   *
   * @param arguments the store's file, and how many
   */
  public static void main(String[] arguments) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    AtStore store = new EmbeddedAtStore(config(arguments[0]));
    List<CompletableFuture<?>> kept = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      kept.add(
          store
              .create(AtSign.of(name(i)))
              .thenCompose(space -> fill(space, keys))
              .toCompletableFuture());
    }
    CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).join();
    System.exit(0);
  }

  static String name(int number) {
    return String.format("@s%05d", number);
  }

  private static EmbeddedAtStore.Config config(String file) {
    Class<EmbeddedAtStore.Config> type = EmbeddedAtStore.Config.class;
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, none) ->
                method.getName().equals("file") ? file : method.getDefaultValue()));
  }

  private static CompletionStage<?> fill(AtSignStore space, KeyPair keys) {
    Records records = new Records(() -> Optional.of(space));
    AtSign self = space.atSign();
    String known = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    String secret = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    MetadataChange plain = MetadataChange.NONE;
    List<StoreChange> batch =
        List.of(
            records.fresh(KeyNames.PKAM_PUBLIC_KEY, known, plain, self),
            records.fresh(KeyNames.encryptionPublicKey(self), known, plain, self),
            records.fresh(KeyNames.signingPublicKey(self), known, plain, self),
            records.fresh(KeyNames.signingPrivateKey(self), secret, plain, self));
    return records.apply(batch);
  }
}
