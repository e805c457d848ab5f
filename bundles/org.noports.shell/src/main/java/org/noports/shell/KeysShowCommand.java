package org.noports.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonObject;

/** {@code noports:keys-show}: the public side of the keys on this machine; never a secret. */
@Service
@Command(
    scope = "noports",
    name = "keys-show",
    description = "Shows whose keys are here and their fingerprints, never a secret",
    detailedDescription = "classpath:keys-show.txt")
public final class KeysShowCommand extends NoPortsAction {
  @Argument(
      name = "atSign",
      description = "Whose keys; all that are here unless named",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print one JSON object a line, with the public keys")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    Identities identities = here().require(Identities.class, "noports-base");
    List<String> named = new Words(this).settle(words);
    if (!named.isEmpty()) {
      for (String atSign : named) {
        print(identities, AtSign.of(atSign));
      }
      return;
    }
    if (identities.present().isEmpty()) {
      out().println("No keys here. noports:keys-cut @you makes some");
    }
    for (AtSign present : identities.present()) {
      print(identities, present);
    }
  }

  private void print(Identities identities, AtSign owner) throws NoPortsException {
    Identity identity = identities.identity(owner);
    if (json) {
      print(
          JsonObject.builder()
              .put("atSign", owner.name())
              .put("file", identities.keyFile(owner).toString())
              .put("fingerprint", identity.fingerprint().text())
              .put("fingerprintHex", identity.fingerprint().hex())
              .put("fingerprintWords", identity.fingerprint().words())
              .putNullable("enrollment", identity.enrollmentId())
              .put("encryptionPublicKey", identity.encryptionPublicKey())
              .put("authenticationPublicKey", identity.authenticationPublicKey())
              .put("signatures", kinds(identity))
              .putNullable(
                  "mldsa65Fingerprint", identity.signingKey().map(key -> key.fingerprint().text()))
              .putNullable(
                  "mldsa65FingerprintHex",
                  identity.signingKey().map(key -> key.fingerprint().hex()))
              .putNullable(
                  "mldsa65FingerprintWords",
                  identity.signingKey().map(key -> key.fingerprint().words()))
              .putNullable("mldsa65PublicKey", identity.signingKey().map(SigningKey::publicKey))
              .put(
                  "authenticatesBy",
                  identity.authenticationKey().map(SigningKey::algorithm).orElse("rsa2048"))
              .build());
      return;
    }
    Fingerprint fingerprint = identity.fingerprint();
    out().println(owner + "  " + fingerprint + "  " + identities.keyFile(owner));
    out().println("  words  " + fingerprint.words());
    out().println("  hex    " + fingerprint.hex());
    identity.signingKey().ifPresent(key -> print(key.algorithm(), key.fingerprint()));
  }

  private void print(String kind, Fingerprint fingerprint) {
    out().println("  " + kind + "  " + fingerprint);
    out().println("  words  " + fingerprint.words());
    out().println("  hex    " + fingerprint.hex());
  }

  private static List<String> kinds(Identity identity) {
    List<String> kinds = new ArrayList<>(List.of("rsa2048"));
    identity.signingKey().ifPresent(key -> kinds.add(key.algorithm()));
    return kinds;
  }
}
