package org.noports.protocol.verb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;
import org.noports.protocol.verb.Response.Failure;
import org.noports.protocol.verb.Response.Failure.Style;

public class ResponseTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final Prompt PROMPT = Prompt.of(ALICE);

  private static final NotificationJson PUSHED =
      new NotificationJson(
          "1f",
          ALICE,
          AtSign.of("@bob"),
          "@bob:d1.sshnp@alice",
          Optional.of("Q2lw"),
          "update",
          1714558272345L,
          Notify.MessageType.KEY,
          true,
          Optional.of(Metadata.EMPTY.with(MetadataField.IV_NONCE, "AA==")));

  private static final String PUSHED_TEXT =
      "notification: {\"id\":\"1f\",\"from\":\"@alice\",\"to\":\"@bob\","
          + "\"key\":\"@bob:d1.sshnp@alice\",\"value\":\"Q2lw\",\"operation\":\"update\","
          + "\"epochMillis\":1714558272345,\"messageType\":\"MessageType.key\","
          + "\"isEncrypted\":true,\"metadata\":{\"encKeyName\":null,\"encAlgo\":null,"
          + "\"ivNonce\":\"AA==\",\"skeEncKeyName\":null,\"skeEncAlgo\":null,"
          + "\"sharedKeyEnc\":null}}\n";

  private static List<Response> read(ResponseReader reader, String text) throws ProtocolViolation {
    return reader.read(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static Response one(String text) throws ProtocolViolation {
    List<Response> responses = read(new ResponseReader(), text);
    assertEquals(1, responses.size());
    return responses.get(0);
  }

  @Test
  public void responsesAndPromptsAreOneText() {
    assertEquals("data:x\n@alice@", new Response.Data("x").toText(PROMPT));
    assertEquals("data:null\n@", Response.Data.NULL.toText(Prompt.NOBODY));
    assertEquals(PUSHED_TEXT, new Response.Push(PUSHED).toText(PROMPT));
    assertEquals("@bob@", new Response.PolAccepted(AtSign.of("@bob")).toText(PROMPT));
  }

  @Test
  public void errorTextsFollowWhoAsks() {
    VerbFailure missing = new VerbFailure(ErrorCode.KEY_NOT_FOUND, "x@alice does not exist");
    assertEquals(
        "error:AT0015-key not found : x@alice does not exist\n@alice@",
        Failure.of(missing, true, Style.HYPHEN).toText(PROMPT));
    assertEquals(
        "error:AT0015-Exception: x@alice does not exist\n@",
        Failure.of(missing, false, Style.HYPHEN).toText(Prompt.NOBODY));
    assertEquals(
        "error:{\"errorCode\":\"AT0015\",\"errorDescription\":"
            + "\"key not found : x@alice does not exist\"}\n@alice@",
        Failure.of(missing, true, Style.JSON).toText(PROMPT));
    assertEquals(
        "error:AT0026:enrollment_id: 8b0c is pending\n@",
        Failure.of(
                new VerbFailure(ErrorCode.ENROLLMENT_PENDING, "enrollment_id: 8b0c is pending"),
                false,
                Style.COLON)
            .toText(Prompt.NOBODY));
  }

  @Test
  public void everyErrorHasTheColonThatClientsCutAt() {
    for (ErrorCode code : ErrorCode.values()) {
      for (boolean authenticated : new boolean[] {true, false}) {
        String text =
            Failure.of(new VerbFailure(code, "why"), authenticated, Style.HYPHEN).toText(PROMPT);
        assertTrue(text, text.startsWith("error:" + code.code() + "-"));
        assertTrue(text, text.indexOf(':', "error:".length()) > 0);
        assertEquals(Optional.of(code), ErrorCode.of(code.code()));
      }
    }
  }

  @Test
  public void theThreeStylesOfErrorsAreRead() throws Exception {
    for (Style style : Style.values()) {
      Failure failure =
          Failure.of(new VerbFailure(ErrorCode.KEY_NOT_FOUND, "x@a: gone"), true, style);
      Failure read = (Failure) one("@alice@" + failure.toText(PROMPT));
      assertEquals(failure, read);
      assertEquals("x@a: gone", read.message());
      assertEquals(Optional.of(ErrorCode.KEY_NOT_FOUND), read.known());
    }
    assertEquals(Optional.empty(), ((Failure) one("error:null:no such id\n")).known());
    assertEquals("AT9999", ((Failure) one("error:AT9999-Later : x\n")).code());
    assertEquals("what", ((Failure) one("error:what\n")).code());
  }

  @Test
  public void promptsAndTheGreetingAreCutOff() throws Exception {
    ResponseReader reader = new ResponseReader();
    assertFalse(reader.greeted());
    assertEquals(List.of(), read(reader, "@"));
    assertTrue(reader.greeted());
    assertEquals(List.of(new Response.Data("_s@alice:1")), read(reader, "data:_s@alice:1\n@"));
    assertEquals(List.of(new Response.Data("success")), read(reader, "data:success\n@alice@"));
    assertEquals(List.of(new Response.Data("@x@y")), read(reader, "data:@x@y\r\n@alice@"));
    assertEquals(List.of(new Response.Push(PUSHED)), read(reader, PUSHED_TEXT));
    assertEquals(List.of(new Response.Push(PUSHED)), read(reader, PUSHED_TEXT));
  }

  @Test
  public void aNotificationBehindAPromptIsANotification() throws Exception {
    assertEquals(new Response.Push(PUSHED), one("@alice@" + PUSHED_TEXT));
    assertEquals(new Response.Data("x"), one("@data@data:x\n"));
    assertEquals(new Response.Data("x"), one("@@alice🛠@data:x\n"));
  }

  @Test
  public void nothingBehindTheNewlineIsWaitedFor() throws Exception {
    assertEquals(new Response.Data("ok"), one("data:ok\n"));
  }

  @Test
  public void responsesAreTheSameHoweverTheyArrive() throws Exception {
    Random random = new Random(9);
    StringBuilder sent = new StringBuilder("@");
    List<Response> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Response response =
          switch (random.nextInt(3)) {
            case 0 -> new Response.Data("ü🛠" + i);
            case 1 -> new Response.Push(PUSHED);
            default ->
                Failure.of(new VerbFailure(ErrorCode.UNAUTHENTICATED, "no"), false, Style.HYPHEN);
          };
      expected.add(response);
      sent.append(response.toText(PROMPT));
    }
    byte[] all = sent.toString().getBytes(UTF_8);
    for (int round = 0; round < 50; round++) {
      ResponseReader reader = new ResponseReader();
      List<Response> got = new ArrayList<>();
      for (int at = 0; at < all.length; ) {
        int length = Math.min(all.length - at, 1 + random.nextInt(round + 1));
        got.addAll(reader.read(ByteBuffer.wrap(all, at, length)));
        at += length;
      }
      assertEquals(expected, got);
    }
  }

  @Test
  public void polIsAnsweredByABarePromptInAnyPieces() throws Exception {
    Response accepted = new Response.PolAccepted(ALICE);
    for (String[] pieces :
        new String[][] {{"@alice@"}, {"@", "@alice@"}, {"@@al", "ice@"}, {"@a", "lice", "@"}}) {
      ResponseReader reader = new ResponseReader();
      read(reader, "@data:proof:_s@alice:1\n");
      reader.expectPol(ALICE);
      List<Response> got = new ArrayList<>();
      for (String piece : pieces) {
        got.addAll(read(reader, piece));
      }
      assertEquals(List.of(accepted), got);
      assertEquals(List.of(new Response.Data("x")), read(reader, "data:x\n@alice@"));
    }
  }

  @Test
  public void aRefusedPolIsAFailureAndNothingMore() throws Exception {
    ResponseReader reader = new ResponseReader();
    reader.expectPol(ALICE);
    List<Response> got = read(reader, "@error:AT0401-Exception: Pol Authentication Failed\n@");
    assertEquals("Pol Authentication Failed", ((Failure) got.get(0)).message());
    assertEquals(List.of(), read(reader, "alice@"));
  }

  @Test
  public void whatIsNoResponseIsRefused() {
    for (String line :
        new String[] {
          "\n",
          "HTTP/1.1 400 Bad Request\r\n",
          "SSH-2.0-OpenSSH_9.2\r\n",
          "null\r\n",
          "@@@@@@\n",
          "notification: {}\n",
          "notification: x\n",
          "error:{x\n",
          " data:x\n"
        }) {
      Refused.message(() -> one(line));
    }
    Refused.naming("longer than", () -> read(new ResponseReader(), "x".repeat(10_240_001)));
  }

  @Test
  public void pushesOfEveryGenerationAreRead() throws Exception {
    NotificationJson replayed =
        NotificationJson.parse(
            "{\"id\":\"1\",\"from\":\"@alice\",\"to\":\"@bob\",\"key\":\"@bob:x@alice\","
                + "\"value\":null,\"operation\":\"delete\",\"epochMillis\":1,"
                + "\"messageType\":\"MessageType.text\",\"isEncrypted\":false,"
                + "\"metadata\":{\"availableAt\":\"null\",\"expiresAt\":\"2024-05-01 10:11:12.345Z\"}}");
    assertEquals(Optional.empty(), replayed.value());
    assertEquals(Notify.MessageType.TEXT, replayed.messageType());
    NotificationJson stats = NotificationJson.stats(ALICE, 42, 7);
    assertEquals(stats, NotificationJson.parse(stats.toText()));
    assertTrue(stats.isStats());
    assertTrue(stats.toText().endsWith("\"isEncrypted\":false,\"metadata\":null}"));
    assertFalse(PUSHED.toString().contains("Q2lw"));
    Refused.naming("from", () -> NotificationJson.parse("{\"id\":\"1\",\"from\":\"\"}"));
  }
}
