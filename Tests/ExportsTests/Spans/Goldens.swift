// The two messages of `Journeys`, as `opentelemetry-proto` and a Python reader of the Chrome format
// took them.

extension OTLPWriterTests {
  static let golden =
    #"""
    {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"AnomaliaMachina"}},{"key":"service.instance.id","value":{"stringValue":"producer-0"}},{"key":"k8s.pod.name","value":{"stringValue":"producer-0"}},{"key":"k8s.node.name","value":{"stringValue":"ip-10-0-1-4"}}]},"scopeSpans":[{"scope":{"name":"seatrial"},"spans":[
    {"traceId":"d17707977078336c12ae30237b17df14","spanId":"5692161d100b05e5","name":"send","kind":4,"startTimeUnixNano":"1539590401000000000","endTimeUnixNano":"1539590401002000500","attributes":[{"key":"messaging.system","value":{"stringValue":"kafka"}},{"key":"messaging.destination.name","value":{"stringValue":"anomaliaTest"}},{"key":"messaging.operation.name","value":{"stringValue":"send"}},{"key":"messaging.operation.type","value":{"stringValue":"publish"}},{"key":"messaging.destination.partition.id","value":{"stringValue":"3"}},{"key":"messaging.kafka.offset","value":{"intValue":"17"}},{"key":"messaging.kafka.message.key","value":{"stringValue":"42"}},{"key":"anomalia_machina.message.number","value":{"intValue":"0"}}]}],"schemaUrl":"https://opentelemetry.io/schemas/1.27.0"}]},{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"AnomaliaMachina"}},{"key":"service.instance.id","value":{"stringValue":"consumer-0"}},{"key":"k8s.pod.name","value":{"stringValue":"consumer-0"}},{"key":"k8s.node.name","value":{"stringValue":"ip-10-0-1-5"}}]},"scopeSpans":[{"scope":{"name":"seatrial"},"spans":[
    {"traceId":"d17707977078336c12ae30237b17df14","spanId":"dbd238973a2b148a","parentSpanId":"5692161d100b05e5","name":"consumer","kind":5,"startTimeUnixNano":"1539590401010000000","endTimeUnixNano":"1539590401011000000","attributes":[{"key":"messaging.system","value":{"stringValue":"kafka"}},{"key":"messaging.destination.name","value":{"stringValue":"anomaliaTest"}},{"key":"messaging.operation.name","value":{"stringValue":"process"}},{"key":"messaging.operation.type","value":{"stringValue":"process"}},{"key":"messaging.consumer.group.name","value":{"stringValue":"AnomaliaConsumer"}},{"key":"messaging.destination.partition.id","value":{"stringValue":"3"}},{"key":"messaging.kafka.offset","value":{"intValue":"17"}},{"key":"messaging.kafka.message.key","value":{"stringValue":"42"}},{"key":"anomalia_machina.message.number","value":{"intValue":"0"}}],"links":[{"traceId":"d17707977078336c12ae30237b17df14","spanId":"5692161d100b05e5","attributes":[{"key":"opentracing.ref_type","value":{"stringValue":"follows_from"}}]}]},
    {"traceId":"d17707977078336c12ae30237b17df14","spanId":"1e535eede31428f0","parentSpanId":"dbd238973a2b148a","name":"detector","kind":1,"startTimeUnixNano":"1539590401012000000","endTimeUnixNano":"1539590401018000000","attributes":[{"key":"anomalia_machina.message.number","value":{"intValue":"0"}},{"key":"anomalia_machina.key","value":{"intValue":"42"}},{"key":"anomalia_machina.detector.ran","value":{"boolValue":true}},{"key":"anomalia_machina.anomaly","value":{"boolValue":false}},{"key":"anomalia_machina.rows","value":{"intValue":"50"}}],"links":[{"traceId":"d17707977078336c12ae30237b17df14","spanId":"dbd238973a2b148a","attributes":[{"key":"opentracing.ref_type","value":{"stringValue":"follows_from"}}]}]},
    {"traceId":"d17707977078336c12ae30237b17df14","spanId":"b7a4712c74562914","parentSpanId":"1e535eede31428f0","name":"cassandra read","kind":3,"startTimeUnixNano":"1539590401013000000","endTimeUnixNano":"1539590401016000000","attributes":[{"key":"db.system","value":{"stringValue":"cassandra"}},{"key":"db.operation.name","value":{"stringValue":"SELECT"}},{"key":"anomalia_machina.rows","value":{"intValue":"50"}}]},
    {"traceId":"d17707977078336c12ae30237b17df14","spanId":"b6bf613dbebb45dc","parentSpanId":"1e535eede31428f0","name":"cassandra write","kind":3,"startTimeUnixNano":"1539590401017000000","endTimeUnixNano":"1539590401020000000","attributes":[{"key":"db.system","value":{"stringValue":"cassandra"}},{"key":"db.operation.name","value":{"stringValue":"INSERT"}}]},
    {"traceId":"d56a2b2a32d583a00e03305d771345b2","spanId":"c9a770e3bc842c59","parentSpanId":"8d1d3aa6fa0def67","name":"consumer","kind":5,"startTimeUnixNano":"1539590401010000000","endTimeUnixNano":"1539590401014000000","attributes":[{"key":"messaging.system","value":{"stringValue":"kafka"}},{"key":"messaging.destination.name","value":{"stringValue":"anomaliaTest"}},{"key":"messaging.operation.name","value":{"stringValue":"process"}},{"key":"messaging.operation.type","value":{"stringValue":"process"}},{"key":"messaging.consumer.group.name","value":{"stringValue":"AnomaliaConsumer"}},{"key":"messaging.destination.partition.id","value":{"stringValue":"0"}},{"key":"messaging.kafka.offset","value":{"intValue":"5"}},{"key":"messaging.kafka.message.key","value":{"stringValue":"7"}},{"key":"anomalia_machina.message.number","value":{"intValue":"1000"}}],"links":[{"traceId":"d56a2b2a32d583a00e03305d771345b2","spanId":"8d1d3aa6fa0def67","attributes":[{"key":"opentracing.ref_type","value":{"stringValue":"follows_from"}}]}]}],"schemaUrl":"https://opentelemetry.io/schemas/1.27.0"}]},{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"AnomaliaMachina"}},{"key":"service.instance.id","value":{"stringValue":"outside"}}]},"scopeSpans":[{"scope":{"name":"seatrial"},"spans":[
    {"traceId":"d56a2b2a32d583a00e03305d771345b2","spanId":"8d1d3aa6fa0def67","name":"send","kind":4,"startTimeUnixNano":"1539590401001000000","endTimeUnixNano":"1539590401003000000","attributes":[{"key":"messaging.system","value":{"stringValue":"kafka"}},{"key":"messaging.destination.name","value":{"stringValue":"anomaliaTest"}},{"key":"messaging.operation.name","value":{"stringValue":"send"}},{"key":"messaging.operation.type","value":{"stringValue":"publish"}},{"key":"messaging.destination.partition.id","value":{"stringValue":"0"}},{"key":"messaging.kafka.offset","value":{"intValue":"5"}},{"key":"messaging.kafka.message.key","value":{"stringValue":"7"}},{"key":"anomalia_machina.message.number","value":{"intValue":"1000"}}]}],"schemaUrl":"https://opentelemetry.io/schemas/1.27.0"}]}]}

    """#
}

extension ChromeTraceWriterTests {
  static let golden =
    #"""
    {"displayTimeUnit":"ms","otherData":{"start":"2018-10-15T08:00:00Z"},"traceEvents":[
    {"ph":"M","name":"process_name","pid":1,"args":{"name":"producer-0"}},
    {"ph":"M","name":"process_sort_index","pid":1,"args":{"sort_index":1}},
    {"ph":"M","name":"process_labels","pid":1,"args":{"labels":"ip-10-0-1-4"}},
    {"ph":"M","name":"thread_name","pid":1,"tid":4,"args":{"name":"send 1"}},
    {"ph":"M","name":"thread_sort_index","pid":1,"tid":4,"args":{"sort_index":4}},
    {"ph":"M","name":"process_name","pid":2,"args":{"name":"consumer-0"}},
    {"ph":"M","name":"process_sort_index","pid":2,"args":{"sort_index":2}},
    {"ph":"M","name":"process_labels","pid":2,"args":{"labels":"ip-10-0-1-5"}},
    {"ph":"M","name":"thread_name","pid":2,"tid":5,"args":{"name":"consumer 1"}},
    {"ph":"M","name":"thread_sort_index","pid":2,"tid":5,"args":{"sort_index":5}},
    {"ph":"M","name":"thread_name","pid":2,"tid":6,"args":{"name":"consumer 2"}},
    {"ph":"M","name":"thread_sort_index","pid":2,"tid":6,"args":{"sort_index":6}},
    {"ph":"M","name":"thread_name","pid":2,"tid":7,"args":{"name":"detector 1"}},
    {"ph":"M","name":"thread_sort_index","pid":2,"tid":7,"args":{"sort_index":7}},
    {"ph":"M","name":"thread_name","pid":2,"tid":8,"args":{"name":"cassandra write 1"}},
    {"ph":"M","name":"thread_sort_index","pid":2,"tid":8,"args":{"sort_index":8}},
    {"ph":"M","name":"process_name","pid":3,"args":{"name":"outside"}},
    {"ph":"M","name":"process_sort_index","pid":3,"args":{"sort_index":3}},
    {"ph":"M","name":"thread_name","pid":3,"tid":9,"args":{"name":"send 1"}},
    {"ph":"M","name":"thread_sort_index","pid":3,"tid":9,"args":{"sort_index":9}},
    {"ph":"X","name":"send","pid":1,"tid":4,"cat":"message","ts":1000000,"dur":2000.5,"args":{"message":0,"key":42,"topic":"anomaliaTest","partition":3,"offset":17}},
    {"ph":"s","name":"message","pid":1,"tid":4,"cat":"message","id":0,"ts":1000000},
    {"ph":"X","name":"consumer","pid":2,"tid":5,"cat":"message","ts":1010000,"dur":1000,"args":{"message":0,"key":42,"topic":"anomaliaTest","partition":3,"offset":17}},
    {"ph":"t","name":"message","pid":2,"tid":5,"cat":"message","id":0,"ts":1010000},
    {"ph":"X","name":"detector","pid":2,"tid":7,"cat":"message","ts":1012000,"dur":6000,"args":{"message":0,"key":42,"ran":true,"anomaly":false,"rows":50}},
    {"ph":"f","name":"message","pid":2,"tid":7,"cat":"message","id":0,"ts":1012000,"bp":"e"},
    {"ph":"X","name":"cassandra read","pid":2,"tid":7,"cat":"message","ts":1013000,"dur":3000,"args":{"message":0,"key":42,"rows":50}},
    {"ph":"X","name":"cassandra write","pid":2,"tid":8,"cat":"message","ts":1017000,"dur":3000,"args":{"message":0,"key":42}},
    {"ph":"X","name":"send","pid":3,"tid":9,"cat":"message","ts":1001000,"dur":2000,"args":{"message":1000,"key":7,"topic":"anomaliaTest","partition":0,"offset":5}},
    {"ph":"s","name":"message","pid":3,"tid":9,"cat":"message","id":1000,"ts":1001000},
    {"ph":"X","name":"consumer","pid":2,"tid":6,"cat":"message","ts":1010000,"dur":4000,"args":{"message":1000,"key":7,"topic":"anomaliaTest","partition":0,"offset":5}},
    {"ph":"f","name":"message","pid":2,"tid":6,"cat":"message","id":1000,"ts":1010000,"bp":"e"}]}

    """#
}
