package org.noports.ssh.keys;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.ssh.command.Account;

public class KeyOwnerTest {
  private static final String LINE = "ssh-ed25519 AAAA";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path link;
  private Path elsewhere;

  /** What an account can do in its own home: its .ssh leads to the keys of another one. */
  @Before
  public void theFolderOfKeysLeadsElsewhere() throws IOException {
    elsewhere = folder.newFolder("elsewhere").toPath();
    link = Files.createSymbolicLink(folder.getRoot().toPath().resolve("link"), elsewhere);
  }

  @Test
  public void noKeyOfAnotherAccountIsWrittenThroughItsLinkToAnotherFolder() throws Exception {
    notOfRoot(link);
    IOException refused =
        assertThrows(IOException.class, () -> keys(false).edit(KeyLines.adding(LINE)));
    assertThat(refused.getMessage(), containsString(link + " is a symbolic link"));
    assertThat(Files.exists(elsewhere.resolve("authorized_keys")), equalTo(false));
  }

  @Test
  public void noKeyOfAnotherAccountIsWrittenIntoSomebodyElsesFolder() throws Exception {
    notOfRoot(elsewhere);
    KeyFile keys = new KeyFile(elsewhere.resolve("authorized_keys"), owner(false), null);
    IOException refused = assertThrows(IOException.class, () -> keys.edit(KeyLines.adding(LINE)));
    assertThat(refused.getMessage(), containsString("belongs neither to"));
  }

  @Test
  public void ourOwnAccountMayHaveItsKeysElsewhere() throws Exception {
    assertThat(keys(true).edit(KeyLines.adding(LINE)), equalTo(true));
    assertThat(Files.readString(elsewhere.resolve("authorized_keys")), equalTo(LINE + "\n"));
  }

  /** As root these belong to root; as anybody else they do not anyway. */
  private static void notOfRoot(Path file) throws IOException {
    if (Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName().equals("root")) {
      Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(
              file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private KeyFile keys(boolean own) {
    return new KeyFile(link.resolve("authorized_keys"), owner(own), null);
  }

  private KeyOwner owner(boolean own) {
    String name = own ? System.getProperty("user.name") : "somebody";
    return new KeyOwner(new Account(name, "1", folder.getRoot().toPath(), own));
  }
}
