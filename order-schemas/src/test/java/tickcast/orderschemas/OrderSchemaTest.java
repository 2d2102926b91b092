package tickcast.orderschemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderSchemaTest {
    @Test
    void isDraft202012() {
        var metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(List.of(), List.copyOf(metaSchema.validate(OrderSchema.json())));
    }

    /** Every message is one of those that the schema as a whole allows. */
    static Stream<String> definitions() {
        return OrderSchema.json().get("$defs").properties().stream()
                .map(definition -> definition.getKey())
                .filter(name -> name.contains("."));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyMessageIsListed(String name) {
        var kind = OrderSchema.json().at("/$defs/" + name.substring(0, name.indexOf('.')) + "/oneOf");
        assertEquals(
                1,
                kind.findValues("$ref").stream()
                        .filter(ref -> ref.asText().equals("#/$defs/" + name))
                        .count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'placeOrder','symbol':'A','side':'buy','price':'1.50','quantity':1e-8}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':1,'quantity':1,'id':7,'postOnly':null}",
                "{'type':'placeOrder','symbol':'A','side':'buy','quantity':1,'orderType':'market','timeInForce':'FOK'}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':1,'quantity':1,'timestamp':5,'recvWindow':9}",
                "{'type':'cancelOrder','orderId':1}",
                "{'type':'replaceOrder','clientOrderId':'a b','price':1,'quantity':1}",
                "{'type':'cancelAll','side':'sell'}",
                "{'type':'orders'}",
                "{'type':'subscribe','what':'is not about orders'}"
            })
    void allowed(String request) {
        assertEquals(List.of(), OrderSchema.problemsOfRequest(request.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'placeOrder','symbol':'A','side':'buy','quantity':1}",
                "{'type':'placeOrder','symbol':'A','side':'bid','price':1,'quantity':1}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':0,'quantity':1}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':'x','quantity':1}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':1,'quantity':1,'orderType':'market'}",
                "{'type':'placeOrder','symbol':'A','side':'buy','quantity':1,'orderType':'market','timeInForce':'GTC'}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':1,'quantity':1,'recvWindow':9}",
                "{'type':'placeOrder','symbol':'A','side':'buy','price':1,'quantity':1,'leverage':2}",
                "{'type':'cancelOrder','orderId':1,'clientOrderId':'a'}",
                "{'type':'cancelOrder'}",
                "{'type':'cancelOrder','orderId':0}",
                "{'type':'orders','id':1.5}"
            })
    void refused(String request) {
        assertFalse(OrderSchema.problemsOfRequest(request.replace('\'', '"')).isEmpty(), request);
    }

    @Test
    void everyFieldOfAReplyMustBeNamed() {
        OrderSchema.assertReply("{\"type\":\"ack\",\"messageId\":1,\"limits\":{\"session\":1,\"account\":2}}");
        OrderSchema.assertReply("{\"type\":\"welcome\",\"any\":1}");
        assertThrows(AssertionError.class, () -> OrderSchema.assertReply("{\"type\":\"ack\",\"messageId\":1,\"x\":1}"));
        assertThrows(
                AssertionError.class,
                () -> OrderSchema.assertReply("{\"type\":\"ack\",\"messageId\":1,\"limits\":{\"session\":1}}"));
    }
}
