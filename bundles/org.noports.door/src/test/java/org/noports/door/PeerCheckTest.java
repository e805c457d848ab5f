package org.noports.door;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.door.Peer.Access;

public class PeerCheckTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private String group = "noports";
  private PeerCheck check;

  private record User(String name) implements UserPrincipal {
    @Override
    public String getName() {
      return name;
    }
  }

  @Before
  public void writeGroups() throws IOException {
    Path groups = folder.newFile().toPath();
    Files.writeString(groups, "wheel:x:10:mallory\nnoports:x:990:alice,bob\nempty:x:991:\n");
    check = new PeerCheck(new User("daemon"), groups, () -> group);
  }

  @Test
  public void theOwnerAndRootMayDoAll() throws Exception {
    assertEquals(Access.OWNER, access("daemon", "daemon"));
    assertEquals(Access.OWNER, access("root", "root"));
  }

  @Test
  public void membersOfTheGroupMayLook() throws Exception {
    assertEquals(Access.MEMBER, access("bob", "users"));
    assertEquals(Access.MEMBER, access("carol", "noports"));
  }

  @Test
  public void everybodyElseMayNothing() throws Exception {
    assertEquals(Access.NONE, access("mallory", "wheel"));
    assertEquals(Access.NONE, access("ali", "users"));
    assertEquals(Access.NONE, access("", "users"));
  }

  @Test
  public void withoutAGroupNobodyButTheOwnerEnters() throws Exception {
    group = "";
    assertEquals(Access.NONE, access("alice", ""));
  }

  private Access access(String user, String primaryGroup) throws IOException {
    return check.of(new User(user), primaryGroup).access();
  }
}
