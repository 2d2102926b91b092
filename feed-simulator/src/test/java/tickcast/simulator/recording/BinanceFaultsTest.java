package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no record is named by file, line, what is there and what was expected. */
class BinanceFaultsTest {
    private static final String GOOD = "1 {\"u\":5,\"s\":\"AB\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}\n";
    private static final String DEPTH = "2 {'e':'depthUpdate','E':1,'s':'AB','U':3,'u':4,'b':[['1','1']],'a':[]}";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'U':3        | 'V':3          | has no field "U"; expected an integer from 0
            'U':3        | 'U':-3         | field "U" is -3; expected an integer from 0
            'U':3        | 'U':'3'        | field "U" is "3"; expected an integer from 0
            'U':3        | 'U':3e4        | field "U" is "3e4"; expected an integer from 0
            'U':3        | 'U':99999999999999999999 | field "U" is "99999999999999999999"; expected an integer from 0
            'U':3        | 'U':5          | has the ids U 5, u 4; expected u not below U
            'U':3        | 'U':3,'pu':5   | has the ids U 3, u 4, pu 5; expected u not below U, pu not above u
            'E':1        | 'E':true       | field "E" is true; expected a time in milliseconds since 1970
            'E':1        | 'E':9999999999999999 | field "E" is 9999999999999999; expected a time in milliseconds since 1970
            's':'AB'     | 's':7          | has no field "s"; expected a symbol
            'a':[]       | 'a':'1'        | field "a" is "1"; expected a list of ["price", "quantity"]
            ['1','1']    | ['1','-1']     | field "b" is a list whose entry 1 has the quantity "-1"; expected a list of
            ['1','1']    | ['0','1']      | field "b" is a list whose entry 1 has the price "0"; expected a list of
            ['1','1']    | ['1','1'],['1.123456789','1'] | field "b" is a list whose entry 2 has the price "1.123456789";
            ['1','1']    | ['1','92233720368.54775808']  | field "b" is a list whose entry 1 has the quantity "92233720368.54775808"
            ['1','1']    | ['1',1]        | field "b" is a list whose entry 1 has the quantity "1"; expected a list of
            ['1','1']    | ['1']          | field "b" is a list whose entry 1 has no price and quantity; expected
            ['1','1']    | ['1','1.']     | field "b" is a list whose entry 1 has the quantity "1."; expected a list of
            ['1','1']    | ['','1']       | field "b" is a list whose entry 1 has the price ""; expected a list of
            ['1','1']    | {'1':[]}       | field "b" is a list whose entry 1 is "{"; expected a list of
            ['1','1']    | [              | is no JSON:
            }            | }}             | is no JSON:
            }            | } {}           | goes on behind its JSON; expected one value
            """)
    void damagedDepthUpdate(String there, String instead, String text) throws IOException {
        String line = DEPTH.replace(there, instead).replace('\'', '"');

        assertFault(GOOD + line + "\n", 2, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | begins with "{"e":
            2                        | begins with "2{"e":
            `2.5 `                   | begins with "2.5 {"e":
            `2 x`                    | is no JSON:
            `http://x -> : `         | begins with "http://x -> : {"e":
            `http://x <-> 5: `       | begins with "http://x <-> 5: {"e":
            `9223372036854775807 `   | receive time "9223372036854775807" is out of range; expected a time before
            `99999999999999999999 `  | receive time "99999999999999999999" is out of range; expected a time before
            `9999999999: `           | receive time "9999999999" is out of range; expected a time before
            """)
    void damagedBeginning(String beginning, String text) throws IOException {
        assertFault(GOOD + beginning + DEPTH.substring(2).replace('\'', '"') + "\n", 2, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'e':'trade','s':'AB','t':1,'p':'0','q':'1','T':1,'m':true}    | field "p" is "0"; expected a decimal
            {'e':'trade','s':'AB','t':1,'p':'1','q':'0.0','T':1,'m':true}  | field "q" is "0"; expected a decimal
            {'e':'trade','s':'AB','t':1,'p':'1','q':'1','m':true}          | has no field "T"; expected a time
            {'e':'trade','s':'AB','t':1,'p':'1','q':'1','T':1,'m':'yes'}   | field "m" is "yes"; expected true or false
            {'e':'aggTrade','s':'AB','t':1,'p':'1','q':'1','T':1,'m':true} | has no field "l"; expected an integer
            {'u':1,'s':'AB','b':'1','B':'1','A':'1'}                       | has no field "a"; expected a decimal
            {'u':1,'s':'AB','b':1.5,'B':'1','a':'2','A':'1'}               | field "b" is "1.5"; expected a decimal
            {'u':1,'s':'AB','b':'1e3','B':'1','a':'2','A':'1'}             | field "b" is "1e3"; expected a decimal
            {'lastUpdateId':1,'bids':[]}                                   | has no field "asks"; expected a list
            {'lastUpdateId':null,'bids':[],'asks':[]}                      | field "lastUpdateId" is "null"; expected an
            """)
    void damagedRecord(String json, String text) throws IOException {
        assertFault(GOOD + "2 " + json.replace('\'', '"') + "\n", 2, text);
    }

    @Test
    void lineWithoutEnd() throws IOException {
        byte[] line = new byte[BinanceLines.MAX_LINE_BYTES + 100_000];
        Arrays.fill(line, (byte) '7');

        assertFault(
                GOOD + "\r\n" + new String(line, StandardCharsets.US_ASCII),
                3,
                "is longer than 16,777,216 bytes; no record is");
    }

    @Test
    void endlessBook() throws IOException {
        var file = new StringBuilder(GOOD + "1 {\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}\n");
        int id = 0;
        for (int line = 0; line < 101; line++) {
            file.append("1 {\"e\":\"depthUpdate\",\"E\":1,\"s\":\"AB\",\"U\":1,\"u\":")
                    .append(2 + line)
                    .append(",\"a\":[],\"b\":[");
            for (int i = 0; i < 1_000; i++) {
                file.append(i == 0 ? "" : ",")
                        .append("[\"")
                        .append(10_000_000 - ++id)
                        .append("\",\"1\"]");
            }
            file.append("]}\n");
        }

        assertFault(file.toString(), 103, "makes the book of AB deeper than 100,000 price levels a side");
    }

    /** What comes before the fault is told, and the fault stays where it is. */
    private void assertFault(String content, long line, String text) throws IOException {
        Path file = directory.resolve("capture");
        Files.writeString(file, content);
        var events = new EventList();
        try (Recording recording = new BinanceFormat()
                .open(List.of(new RecordedFile(file)), new RecordingOptions(Set.of(), null))
                .get(0)) {
            String message = assertThrows(RecordingException.class, () -> events.readAll(recording))
                    .getMessage();
            String expected = file + ", line " + line + ": " + text.strip();
            assertTrue(message.startsWith(expected), message + " instead of " + expected);
        }
        assertEquals("instrument 0 AB 1 1", events.take().get(0));
    }
}
