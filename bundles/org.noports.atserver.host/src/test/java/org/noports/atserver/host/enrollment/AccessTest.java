package org.noports.atserver.host.enrollment;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.protocol.key.AtKey;

/** What namespaces grant, against rules that are written down a second time here. */
public class AccessTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final String[] SEGMENTS = {"a", "b", "sshnp", "x", "__manage", "__e", "me"};

  private final Random random = new Random(11);

  private String name(int atMost) {
    StringBuilder name = new StringBuilder(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    for (int n = random.nextInt(atMost); n > 0; n--) {
      name.append('.').append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }
    return name.toString();
  }

  private Map<String, String> namespaces() {
    Map<String, String> namespaces = new HashMap<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      String namespace = random.nextInt(8) == 0 ? "*" : name(2);
      namespaces.put(namespace, random.nextBoolean() ? "r" : "rw");
    }
    return namespaces;
  }

  /** Segment by segment from the right, where the code compares ends of texts. */
  private static boolean lies(String name, String namespace) {
    List<String> parts = Arrays.asList(name.split("\\."));
    List<String> end = Arrays.asList(namespace.split("\\."));
    return parts.size() > end.size()
        && parts.subList(parts.size() - end.size(), parts.size()).equals(end);
  }

  private static boolean expected(String name, Map<String, String> namespaces, String right) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.equals("__manage") || last.equals("__e")) {
      return false;
    }
    return namespaces.entrySet().stream()
        .anyMatch(
            granted ->
                granted.getValue().contains(right)
                    && (granted.getKey().equals("*") || lies(name, granted.getKey())));
  }

  @Test
  public void aKeyIsGrantedByTheNamespacesItLiesInAndNoOther() {
    for (int i = 0; i < 50_000; i++) {
      Map<String, String> namespaces = namespaces();
      Access access = new Access(Optional.of("id"), namespaces);
      String name = name(4);
      AtKey self = AtKey.self(name, ALICE);
      AtKey shared = AtKey.shared(AtSign.of("@bob"), name, ALICE);
      String what = name + " of " + namespaces;
      assertEquals(what, expected(name, namespaces, "r"), access.mayRead(self));
      assertEquals(what, expected(name, namespaces, "r"), access.shows(shared));
      assertEquals(what, expected(name, namespaces, "w"), access.mayWrite(shared));
      assertEquals(
          what, expected(name, namespaces, "w"), access.mayWrite(AtKey.publicKey(name, ALICE)));
      assertTrue(what, access.mayRead(AtKey.publicKey(name, ALICE)));
    }
  }

  @Test
  public void whoeverMayWriteMayRead() {
    for (int i = 0; i < 20_000; i++) {
      Access access = new Access(Optional.of("me"), namespaces());
      AtKey key = AtKey.self(name(4), ALICE);
      assertTrue(key + " with " + access, !access.mayWrite(key) || access.mayRead(key));
    }
  }

  @Test
  public void nobodyApprovesMoreThanTheyHave() {
    for (int i = 0; i < 20_000; i++) {
      Access approver = new Access(Optional.of("id"), namespaces());
      Map<String, String> asked = namespaces();
      asked.remove("__manage");
      boolean covered =
          asked.entrySet().stream()
              .allMatch(entry -> approver.covers(entry.getKey(), entry.getValue()));
      if (covered) {
        Access approved = new Access(Optional.of("id"), asked);
        AtKey key = AtKey.self(name(4), ALICE);
        String what = key + ": " + asked + " by " + approver;
        assertTrue(what, !approved.mayRead(key) || approver.mayRead(key));
        assertTrue(what, !approved.mayWrite(key) || approver.mayWrite(key));
      }
    }
  }

  @Test
  public void managingIsGrantedByItsOwnNameOnly() {
    Access all = new Access(Optional.of("id"), Map.of("*", "rw"));
    assertFalse(all.decidesEnrollments());
    assertFalse(all.covers("__manage", "r"));
    assertTrue(all.covers("*", "rw"));
    assertTrue(all.covers("sshnp", "rw"));
    Access manager = new Access(Optional.of("id"), Map.of("__manage", "rw"));
    assertTrue(manager.decidesEnrollments());
    assertTrue(manager.covers("__manage", "rw"));
    assertFalse(manager.covers("*", "r"));
    assertFalse(manager.root());
    assertTrue(new Access(Optional.of("id"), Map.of("__manage", "rw", "*", "rw")).root());
  }

  @Test
  public void anEnrollmentWritesUnderItsOwnNameAndNoOther() throws Exception {
    Access me = new Access(Optional.of("me"), Map.of("*", "rw"));
    assertTrue(me.mayWrite(AtKey.parse("public:_apsk.me.a.__e@alice")));
    assertTrue(me.mayWrite(AtKey.parse("__ckcur.bob.ns.me.a.__e@alice")));
    assertFalse(me.mayWrite(AtKey.parse("public:_apsk.you.a.__e@alice")));
    assertFalse(me.mayWrite(AtKey.parse("public:_apsk.me.r.__e@alice")));
    assertFalse(me.mayWrite(AtKey.parse("public:_apsk.notme.a.__e@alice")));
  }
}
