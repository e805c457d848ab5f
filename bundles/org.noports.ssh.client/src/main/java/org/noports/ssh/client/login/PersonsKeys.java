package org.noports.ssh.client.login;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.noports.ssh.client.words.LoginRequest;

/** The keys of the person's own files: those that were named, else the usual ones in ~/.ssh. */
final class PersonsKeys implements KeyIdentityProvider {
  private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final LoginRequest asked;
  private final Places places;
  private final FilePasswordProvider passphrases;
  private final Talk talk;

  PersonsKeys(LoginRequest asked, Places places, FilePasswordProvider passphrases, Talk talk) {
    this.asked = asked;
    this.places = places;
    this.passphrases = passphrases;
    this.talk = talk;
  }

  @Override
  public Iterable<KeyPair> loadKeys(SessionContext session) {
    List<KeyPair> keys = new ArrayList<>();
    boolean named = !asked.identities().isEmpty();
    List<Path> files =
        named
            ? asked.identities().stream().map(places::file).toList()
            : USUAL.stream().map(name -> places.file("~/.ssh/" + name)).toList();
    for (Path file : files) {
      if (Files.exists(file)) {
        load(file, session, keys);
      } else if (named) {
        talk.warn("there is no key in " + file);
      }
    }
    return keys;
  }

  private void load(Path file, SessionContext session, List<KeyPair> keys) {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        talk.warn(
            "the key in " + file + " is not used: others can read or change it (chmod 600 it)");
        return;
      }
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(session, new PathResource(file), in, passphrases);
      if (found != null) {
        found.forEach(keys::add);
        talk.step("key from " + file);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      talk.warn("the key in " + file + " cannot be used: " + e.getMessage());
    }
  }
}
