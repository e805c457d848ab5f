package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.FirstKeys;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyEnrollment;
import org.noports.api.identity.KeyLocks;
import org.noports.api.identity.PendingKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The identities of this machine, one key file each in the configured folders; a file is read again
 * when it has changed. In the path: every authentication, signature and unwrap starts here.
 */
@Component(
    immediate = true,
    configurationPid = "org.noports.identity",
    service = {
      Identities.class,
      KeyLocks.class,
      KeyEnrollment.class,
      KeyFolderIdentities.class,
      HealthCheck.class
    })
@Designate(ocd = KeyFolderIdentities.Configuration.class)
public final class KeyFolderIdentities implements Identities, KeyLocks, KeyEnrollment, HealthCheck {
  static final String DEFAULT_FOLDER = "~/.atsign/keys";
  static final String SUFFIX = "_key.atKeys";

  private volatile IdentitySettings settings = IdentitySettings.of(DEFAULT_FOLDER, "");
  private final Passphrases passphrases = new Passphrases();
  private final Map<AtSign, Loaded> loaded = new ConcurrentHashMap<>();
  private final Map<AtSign, String> problems = new ConcurrentHashMap<>();

  /** Where the keys of this machine's atSigns are. */
  @ObjectClassDefinition(
      name = "Identities",
      description = "Which folders hold the key files of this machine's atSigns.")
  public @interface Configuration {
    /** Key folders. */
    @AttributeDefinition(
        name = "Key folders",
        description =
            "Comma list of folders with files such as @alice_key.atKeys; the first folder that has"
                + " the file wins, new keys go into the first. A leading ~ is the home folder.")
    String folders() default DEFAULT_FOLDER;

    /** Passphrase folder. */
    @AttributeDefinition(
        name = "Passphrase folder",
        description =
            "Folder with files such as @alice.passphrase, whose first line opens a locked key file;"
                + " each must be readable by its owner only. Empty for none: then locked key files"
                + " wait for noports:keys-unlock after every start.")
    String passphrases() default "";

    /** A fleet's pins. */
    @AttributeDefinition(
        name = "Pins of a fleet",
        description =
            "File with what its owner says of peers, in the form of pins.json; it is never written"
                + " here, and nothing contradicts it. Empty for none.")
    String pins() default "";

    /** A list of signing keys. */
    @AttributeDefinition(
        name = "Signing key list",
        description =
            "Whether the record _apsk of each atSign is a list with its ML-DSA-65 key, as newest"
                + " programs publish it, and not one RSA key. Today's devices written in C and"
                + " relays refuse sessions of an atSign with such a list; relays are then shown the"
                + " older signed line. Our own ends find the key without it.")
    boolean signingKeyList() default false;
  }

  @Activate
  @Modified
  void configure(Configuration configuration) {
    settings =
        IdentitySettings.of(configuration.folders(), configuration.passphrases())
            .listed(configuration.signingKeyList());
    passphrases.lookIn(settings.passphrases());
    loaded.clear();
    problems.clear();
    IdentityLog.foldersSet(settings.folders());
  }

  @Override
  public Identity identity(AtSign atSign) throws IdentityUnusable {
    requireNonNull(atSign, "atSign is null");
    Path file = keyFile(atSign);
    try {
      Identity identity = current(atSign, file);
      problems.remove(atSign);
      return identity;
    } catch (IdentityUnusable e) {
      loaded.remove(atSign);
      problems.put(atSign, e.getMessage());
      throw e;
    }
  }

  private Identity current(AtSign atSign, Path file) throws IdentityUnusable {
    KeyFile keys = new KeyFile(atSign, file);
    FileStamp stamp = stamp(keys);
    Loaded known = loaded.get(atSign);
    if (known != null && known.file.equals(file) && known.stamp.equals(stamp)) {
      return known.identity;
    }
    try (Secret text = keys.text(() -> passphrase(keys))) {
      Loaded fresh = new Loaded(file, stamp, AtKeysReader.read(keys, text, settings.listed()));
      loaded.put(atSign, fresh);
      IdentityLog.keysRead(atSign, file);
      return fresh.identity;
    }
  }

  private static FileStamp stamp(KeyFile file) throws IdentityUnusable {
    return file.onDisk()
        .stamp()
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    "There is no key file for "
                        + file.atSign()
                        + ": expected "
                        + file.path()
                        + "; copy it there, or cut new keys with noports:keys-cut"));
  }

  Secret passphrase(KeyFile file) throws IdentityUnusable {
    return passphrases
        .find(file.atSign())
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    "The key file of "
                        + file.atSign()
                        + " is locked with a passphrase: "
                        + file.path()
                        + "; "
                        + passphrases.advice(file.atSign())));
  }

  @Override
  public boolean locked(AtSign atSign) throws IdentityUnusable {
    return here(atSign).locked().isPresent();
  }

  @Override
  public void unlock(AtSign atSign, Secret passphrase) throws IdentityUnusable {
    KeyFile file = here(atSign);
    try (Secret text = file.text(() -> copyOf(passphrase))) {
      AtKeysReader.check(file, text);
    }
    passphrases.remember(atSign, passphrase);
    loaded.remove(atSign);
    problems.remove(atSign);
    IdentityLog.keysUnlocked(atSign, file.path());
  }

  @Override
  public void protect(AtSign atSign, Secret current, Secret fresh) throws IdentityUnusable {
    LockKeyFile.protect(here(atSign), current, fresh);
    passphrases.remember(atSign, fresh);
    IdentityLog.keysLocked(atSign);
  }

  @Override
  public void expose(AtSign atSign, Secret current) throws IdentityUnusable {
    LockKeyFile.expose(here(atSign), current);
    passphrases.forget(atSign);
    IdentityLog.keysExposed(atSign);
  }

  /** The key file, which is there. */
  KeyFile here(AtSign atSign) throws IdentityUnusable {
    KeyFile file = new KeyFile(atSign, keyFile(atSign));
    stamp(file);
    return file;
  }

  static Secret copyOf(Secret secret) {
    return Secret.owning(secret.exposeSecretBytes());
  }

  @Deactivate
  void stop() {
    passphrases.forgetAll();
  }

  @Override
  public List<AtSign> present() {
    return settings.present();
  }

  @Override
  public Path keyFile(AtSign atSign) {
    return settings.keyFile(atSign);
  }

  @Override
  public FirstKeys cutFirst(AtSign atSign) {
    return FreshKeys.cut(atSign);
  }

  @Override
  public PendingKeys cutPending(AtSign atSign, String encryptionPublicKey) throws IdentityUnusable {
    return WaitingKeys.cut(atSign, encryptionPublicKey);
  }

  @Override
  public ConveyedKeys convey(AtSign approver, String wrappedSymmetricKey) throws IdentityUnusable {
    KeyFile file = here(approver);
    byte[] clear = identity(approver).unwrap(WrappedText.decode(wrappedSymmetricKey));
    try (Secret text = file.text(() -> passphrase(file));
        SymmetricKey symmetric = SymmetricKey.of(Secret.owning(clear))) {
      return AtKeysReader.convey(file, text, symmetric);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable(
          "What asks " + approver + " for its keys brings no symmetric key: " + e.getMessage(), e);
    }
  }

  @Override
  public Fingerprint fingerprintOf(String wrappedSymmetricKey) throws IdentityUnusable {
    WrappedText.decode(wrappedSymmetricKey);
    return Fingerprint.ofPublicKey(wrappedSymmetricKey);
  }

  @Override
  public String component() {
    return "org.noports.identity";
  }

  @Override
  public Health check() {
    Optional<String> problem = problems.values().stream().findFirst();
    return problem
        .map(Health::degraded)
        .orElseGet(() -> Health.ok("Key files in " + settings.folders()));
  }

  private record Loaded(Path file, FileStamp stamp, Identity identity) {}
}
