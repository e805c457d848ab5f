package org.noports.policy.rules.imported;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.HostPort;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PolicyImport.Imported;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.book.ReadBook;
import org.noports.policy.rules.engine.Evaluator;
import org.noports.policy.rules.question.AskedDevice;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/** Policies of existing programs, which a book has to decide as they did. */
public final class ImportBookTest {
  private static final String SMALL =
      """
      userGroups:
        "ssh users":
          userAtSigns: ["@bob"]
          permissions:
            daemonAtSigns: ["@zaphod"]
            deviceNames:
              "h2g2": ["*:22"]
            deviceGroupNames:
              "net1": ["*:3389"]
      """;
  private static final String ENTITIES =
      """
      {"Client": [{"id": "1", "name": "Bob", "atSign": "@bob"}, {"id": "2", "atSign": "@eve"}],
       "ClientGroup": [{"id": "7", "name": "admins"}],
       "ClientGroupMember": [{"id": "1", "clientId": "1", "clientGroupId": "7"}],
       "Daemon": [{"id": "3", "atSign": "@zaphod"}],
       "Service": [{"id": "4", "daemonId": "3", "deviceName": "h2g2", "deviceGroupName": "__none__"}],
       "ServiceACL": [{"id": "5", "serviceId": "4", "clientGroupId": "7", "permitOpen": "host-a:22,*:80"}]}
      """;

  private final ImportBook imports = new ImportBook();

  @Test
  public void aBookIsWrittenForPeople() throws Exception {
    Imported imported = imports.book("old.yaml", SMALL);
    assertThat(imported.notes(), empty());
    assertThat(
        imported.text(),
        is(
            """
            # Imported from old.yaml
            format: 1
            rules:
              # ssh users
              - name: imported-1
                effect: permit
                who: ["@bob"]
                devices: ["h2g2@zaphod"]
                places: ["*:22"]
              # ssh users
              - name: imported-2
                effect: permit
                who: ["@bob"]
                devices: ["@zaphod"]
                places: ["*:3389"]
                when: "device.group == 'net1' && device.name != 'h2g2'"
            """));
  }

  @Test
  public void policiesByChanceDecideAsTheyDidBefore() throws Exception {
    Random random = new Random(20260);
    int permits = 0;
    for (int i = 0; i < 40; i++) {
      OldPolicy old = new OldPolicy(random);
      Evaluator book = evaluator(imports.book("old.yaml", old.yaml()).text());
      for (int j = 0; j < 250; j++) {
        OldPolicy.Asked asked = old.ask(random);
        boolean permitted = old.permits(asked);
        permits += permitted ? 1 : 0;
        assertThat(asked + " of\n" + old.yaml(), permits(book, asked), is(permitted));
      }
    }
    assertThat(permits > 1000 && permits < 9000, is(true));
  }

  @Test
  public void aServiceIsADaemonANameAndAGroupAllThreeOfThem() throws Exception {
    Evaluator book = evaluator(imports.book("export.json", ENTITIES).text());
    assertThat(permits(book, asked("@bob", "h2g2", "__none__", "host-a:22")), is(true));
    assertThat(permits(book, asked("@bob", "h2g2", "__none__", "host-b:80")), is(true));
    assertThat(permits(book, asked("@bob", "h2g2", "__none__", "host-b:22")), is(false));
    assertThat(permits(book, asked("@bob", "h2g2", "net1", "host-a:22")), is(false));
    assertThat(permits(book, asked("@bob", "dev1", "__none__", "host-a:22")), is(false));
    assertThat(permits(book, asked("@eve", "h2g2", "__none__", "host-a:22")), is(false));
  }

  @Test
  public void whatCannotBeSaidIsRefusedByLine() {
    refused(SMALL.replace("*:22", "*.plant.example:22"), "old.yaml:7: '*.plant.example:22'");
    refused(SMALL.replace("*:22", "host"), "old.yaml:7: ");
    refused(SMALL.replace("*:22", "host:22-30"), "a range of ports is none there");
    refused(SMALL.replace("userAtSigns", "users"), "has no 'userAtSigns'");
    refused(SMALL.replace("net1", "net'1"), "old.yaml:9: 'net'1' cannot be a device group");
    refused(SMALL + "more: 1\n", "old.yaml:10: ");
    refused("rules: []\n", "neither a file of userGroups nor");
    refused(ENTITIES.replace("\"serviceId\": \"4\"", "\"serviceId\": \"9\""), "serviceId 9");
    refused(ENTITIES.replace("\"id\": \"2\"", "\"id\": \"1\""), "the id 1 is said twice");
  }

  @Test
  public void whatIsComparedOtherwiseIsToldByLine() throws Exception {
    Imported imported = imports.book("old.yaml", SMALL.replace("*:22", "localhost:22"));
    assertThat(
        imported.notes().get(0), containsString("line 7: localhost:22 was compared as text"));
  }

  private void refused(String text, String because) {
    ConfigurationInvalid refused =
        assertThrows(ConfigurationInvalid.class, () -> imports.book("old.yaml", text));
    assertThat(refused.getMessage(), containsString(because));
  }

  private static OldPolicy.Asked asked(String client, String name, String group, String target) {
    return new OldPolicy.Asked(client, "@zaphod", name, group, Optional.of(target));
  }

  private static Evaluator evaluator(String book) throws ConfigurationInvalid {
    return new Evaluator(ReadBook.read("book", book));
  }

  private static boolean permits(Evaluator book, OldPolicy.Asked asked) {
    DeviceAddress device =
        new DeviceAddress(AtSign.of(asked.daemon()), DeviceName.of(asked.name()));
    Question question =
        new Question(
            AtSign.of(asked.client()),
            new AskedDevice(device, asked.group(), Set.of()),
            asked.target().isPresent() ? RequestKind.TUNNEL : RequestKind.PING,
            asked.target().map(HostPort::of).map(at -> new Endpoint.Socket(at.host(), at.port())),
            Optional.empty(),
            Observed.PENDING,
            Optional.empty(),
            Instant.parse("2030-01-01T12:00:00Z"));
    return book.decide(question).answer() == BookTest.Answer.PERMIT;
  }
}
