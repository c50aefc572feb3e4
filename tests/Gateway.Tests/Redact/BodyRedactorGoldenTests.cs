using KubeLens.Contracts.Calls;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>What came in and what is kept; § stands for a fingerprint.</summary>
public class BodyRedactorGoldenTests
{
    private const string Deployments = "/apis/apps/v1/namespaces/shop/deployments";

    [Theory]
    // a Secret, its kind first, last, absent, doubled, misspelt in case, escaped
    [InlineData("GET", Secrets + "/db", """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","uid":"u"},"data":{"a":"YQ==","b":""},"type":"Opaque"}""", """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","uid":"u"},"data":{"a":"§","b":"§"},"type":"Opaque"}""")]
    [InlineData("GET", "/api/v1/things/x", """{"data":{"a":"YQ=="},"kind":"Secret"}""", """{"data":{"a":"§"},"kind":"Secret"}""")]
    [InlineData("GET", Secrets + "/db", """{"data":{"a":"YQ=="}}""", """{"data":{"a":"§"}}""")]
    [InlineData("GET", "/api/v1/things/x", """{"kind":"Secret","data":{"a":"YQ=="},"kind":"Pod"}""", """{"kind":"Secret","data":{"a":"§"},"kind":"Pod"}""")]
    [InlineData("GET", "/api/v1/things/x", """{"kind":"Pod","data":{"a":"YQ=="},"Kind":"sEcret"}""", """{"kind":"Pod","data":{"a":"§"},"Kind":"sEcret"}""")]
    [InlineData("GET", "/api/v1/things/x", """{"d\u0061ta":{"a":"YQ=="},"\u006bind":"S\u0065cret"}""", """{"d\u0061ta":{"a":"§"},"\u006bind":"S\u0065cret"}""")]
    [InlineData("GET", Secrets + "/db", """{"kind":"Secret","Data":{"a":"YQ=="},"unheard":{"of":["x",1,true,null,{}]}}""", """{"kind":"Secret","Data":{"a":"§"},"unheard":{"of":["§","§","§",null,{}]}}""")]
    [InlineData("GET", Secrets + "/db", """{"kind":"Secret","data":{"a":"YQ=="},"data":{"a":"Yg=="},"type":{"x":"y"},"metadata":"z"}""", """{"kind":"Secret","data":{"a":"§"},"data":{"a":"§"},"type":{"x":"§"},"metadata":"§"}""")]
    [InlineData("GET", Secrets + "/db", "\"text\" 12 [\"x\",{\"a\":\"b\"}]", "\"§\" \"§\" [\"§\",{\"a\":\"§\"}]")]
    [InlineData("GET", Secrets + "/db", """{"kind":"Secret","data":{"a":"x","b c":"x"},"p=hunter2":1}""", """{"kind":"Secret","data":{"a":"§","§":"§"},"§":"§"}""")]
    // ConfigMaps
    [InlineData("GET", "/api/v1/namespaces/a/configmaps/c", """{"kind":"ConfigMap","metadata":{"name":"c"},"data":{"a":"x"},"binaryData":{"b":"eA=="},"immutable":true}""", """{"kind":"ConfigMap","metadata":{"name":"c"},"data":{"a":"§"},"binaryData":{"b":"§"},"immutable":true}""")]
    // lists
    [InlineData("GET", Secrets, """{"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"db"},"data":{"a":"YQ=="},"type":"Opaque"}]}""", """{"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"db"},"data":{"a":"§"},"type":"Opaque"}]}""")]
    [InlineData("GET", "/api/v1/things", """{"items":[{"data":{"a":"YQ=="}}],"kind":"SecretList"}""", """{"items":[{"data":{"a":"§"}}],"kind":"SecretList"}""")]
    [InlineData("GET", "/api/v1/things", """{"kind":"List","items":[{"data":{"a":"x"}},{"kind":"ControllerRevision","data":{"spec":{"a":"x"}}},{"data":{"a":"x"},"kind":"Secret"},{"kind":"Pod","spec":{"a":"x"}}]}""", """{"kind":"List","items":[{"data":{"a":"§"}},{"kind":"ControllerRevision","data":{"spec":{"a":"x"}}},{"data":{"a":"§"},"kind":"Secret"},{"kind":"Pod","spec":{"a":"x"}}]}""")]
    // tables and metadata
    [InlineData("GET", Secrets, """{"kind":"Table","columnDefinitions":[{"name":"Name","type":"string"}],"rows":[{"cells":["db","Opaque",1],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"db"}}},{"cells":[],"object":{"kind":"Secret","data":{"a":"x"}}},{"cells":[],"object":{"data":{"a":"x"}}}]}""", """{"kind":"Table","columnDefinitions":[{"name":"Name","type":"string"}],"rows":[{"cells":["db","Opaque",1],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"db"}}},{"cells":[],"object":{"kind":"Secret","data":{"a":"§"}}},{"cells":[],"object":{"data":{"a":"§"}}}]}""")]
    // a Secret inside of something else, and a mere reference to one
    [InlineData("GET", "/apis/x.io/v1/works/w", """{"kind":"Work","spec":{"manifests":[{"data":{"a":"x"},"kind":"Secret"},{"kind":"Pod"}]}}""", """{"kind":"Work","spec":{"manifests":[{"data":{"a":"§"},"kind":"Secret"},{"kind":"Pod"}]}}""")]
    [InlineData("GET", "/api/v1/namespaces/a/events/e", """{"kind":"Event","involvedObject":{"kind":"Secret","namespace":"a","name":"db","uid":"u"}}""", """{"kind":"Event","involvedObject":{"kind":"Secret","namespace":"a","name":"db","uid":"u"}}""")]
    [InlineData("GET", "/apis/e.io/v1/namespaces/a/externalsecrets/e", """{"kind":"ExternalSecret","spec":{"target":{"template":{"data":{"a":"x"}}},"refreshInterval":"1h"}}""", """{"kind":"ExternalSecret","spec":{"target":{"template":{"data":{"a":"§"}}},"refreshInterval":"1h"}}""")]
    // what is no secret stays, byte for byte
    [InlineData("GET", Pods + "/web", """{ "kind" : "Pod", "spec": {"data": {"a": "x"}, "n": 123456789012345678901234567890.5e300, "automountServiceAccountToken": false, "s": "\u00fc\n" } }""", """{ "kind" : "Pod", "spec": {"data": {"a": "x"}, "n": 123456789012345678901234567890.5e300, "automountServiceAccountToken": false, "s": "\u00fc\n" } }""")]
    [InlineData("GET", "/version", """{"major":"1","minor":"34","gitVersion":"v1.34.0"}""", """{"major":"1","minor":"34","gitVersion":"v1.34.0"}""")]
    [InlineData("GET", "/api/v1", """{"kind":"APIResourceList","resources":[{"name":"secrets","kind":"Secret","verbs":["get"],"namespaced":true}]}""", """{"kind":"APIResourceList","resources":[{"name":"secrets","kind":"Secret","verbs":["get"],"namespaced":true}]}""")]
    // environment, flags, passwords by name, copies of the object
    [InlineData("GET", Pods + "/web", """{"kind":"Pod","spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"x"},{"value":"x","name":"api-token"},{"name":"MODE","value":"x"},{"name":"K","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}]}]}}""", """{"kind":"Pod","spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"§"},{"value":"§","name":"api-token"},{"name":"MODE","value":"x"},{"name":"K","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}]}]}}""")]
    [InlineData("GET", Pods + "/web", """{"kind":"Pod","spec":{"args":["--db-password=x","--mode=x","--token","x","--verbose","x","--tls-private-key-file=/etc/x","SECRET=x"]}}""", """{"kind":"Pod","spec":{"args":["§","--mode=x","--token","§","--verbose","x","--tls-private-key-file=/etc/x","§"]}}""")]
    [InlineData("GET", "/apis/x.io/v1/users/u", """{"kind":"User","spec":{"adminPassword":"x","client-secret":"x","tokens":3,"password":12,"apiKey":["x"],"secretName":"db","token":{"ref":"x"}}}""", """{"kind":"User","spec":{"adminPassword":"§","client-secret":"§","tokens":3,"password":"§","apiKey":["§"],"secretName":"db","token":{"ref":"x"}}}""")]
    [InlineData("GET", Pods + "/web", """{"kind":"Pod","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"kind\":\"Pod\"}","note":"x"}}}""", """{"kind":"Pod","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"§","note":"x"}}}""")]
    // by look
    [InlineData("GET", Pods + "/web", """{"kind":"Pod","a":"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln","b":"Authorization: Bearer abc","c":"postgres://u:p@h/db","d":"-----BEGIN RSA PRIVATE KEY-----\nx","e":"https://h:80/x@y","f":"\u0065yJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln","g":"basic training"}""", """{"kind":"Pod","a":"§","b":"§","c":"§","d":"§","e":"https://h:80/x@y","f":"§","g":"basic training"}""")]
    [InlineData("GET", "/apis/x.io/v1/things/x", """{"kind":"TokenRequest","status":{"token":"x","expirationTimestamp":"t"},"metadata":{"name":"n"}}""", """{"kind":"TokenRequest","status":{"token":"§","expirationTimestamp":"§"},"metadata":{"name":"n"}}""")]
    public void Redact_Response_KeepsThisMuch(string method, string target, string wire, string kept) =>
        Response(target, wire, method: method).Shape().ShouldBe(kept);

    [Theory]
    [InlineData("POST", Secrets, Json, """{"apiVersion":"v1","stringData":{"a":"x"},"kind":"Secret","metadata":{"name":"db"}}""", """{"apiVersion":"v1","stringData":{"a":"§"},"kind":"Secret","metadata":{"name":"db"}}""")]
    [InlineData("POST", Secrets, Json, """{"kind":"Table","rows":[{"object":{"data":{"a":"x"}}}]}""", """{"kind":"Table","rows":[{"object":{"data":{"a":"§"}}}]}""")]
    [InlineData("DELETE", Secrets + "/db", Json, """{"kind":"DeleteOptions","propagationPolicy":"Background","data":{"a":"x"}}""", """{"kind":"DeleteOptions","propagationPolicy":"Background","data":{"a":"x"}}""")]
    [InlineData("DELETE", Secrets + "/db", Json, """{"propagationPolicy":"Background","data":{"a":"x"}}""", """{"propagationPolicy":"Background","data":{"a":"§"}}""")]
    // patches
    [InlineData("PATCH", Secrets + "/db", "application/merge-patch+json", """{"data":{"a":"x","b":null},"metadata":{"labels":{"l":"x"}}}""", """{"data":{"a":"§","b":null},"metadata":{"labels":{"l":"x"}}}""")]
    [InlineData("PATCH", Secrets + "/db", "application/strategic-merge-patch+json", """{"stringData":{"a":"x"},"$setElementOrder/x":["a"]}""", """{"stringData":{"a":"§"},"$setElementOrder/x":["§"]}""")]
    [InlineData("PATCH", Secrets + "/db", "application/json-patch+json", """[{"op":"replace","path":"/data/a","value":"x"},{"value":{"a":"x"},"op":"add","path":"/data"},{"op":"add","path":"/metadata/labels/l","value":"x"},{"op":"remove","path":"/data/b"},{"op":"add","path":"","value":{"data":{"a":"x"},"type":"t"}}]""", """[{"op":"replace","path":"/data/a","value":"§"},{"value":{"a":"§"},"op":"add","path":"/data"},{"op":"add","path":"/metadata/labels/l","value":"x"},{"op":"remove","path":"/data/b"},{"op":"add","path":"","value":{"data":{"a":"§"},"type":"t"}}]""")]
    [InlineData("PATCH", Secrets + "/db", "application/json-patch+json", """[{"op":"add","path":"/d\u0061ta/a","value":"x"},{"op":"add","value":"x"},{"path":"/metadata","path":"/data/a","value":"x"},{"op":"add","path":"/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration","value":"x"},"x"]""", """[{"op":"add","path":"/d\u0061ta/a","value":"§"},{"op":"add","value":"§"},{"path":"/metadata","path":"/data/a","value":"§"},{"op":"add","path":"/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration","value":"§"},"§"]""")]
    [InlineData("PATCH", Deployments + "/web", "application/json-patch+json", """[{"op":"replace","path":"/spec/replicas","value":3},{"op":"replace","path":"/spec/template/spec/containers/0/env/2/value","value":"x"},{"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"TOKEN","value":"x"}},{"op":"add","path":"/spec/password","value":"x"}]""", """[{"op":"replace","path":"/spec/replicas","value":3},{"op":"replace","path":"/spec/template/spec/containers/0/env/2/value","value":"§"},{"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"TOKEN","value":"§"}},{"op":"add","path":"/spec/password","value":"§"}]""")]
    [InlineData("PATCH", Deployments + "/web", "application/merge-patch+json", """{"spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"c","env":[{"name":"A_SECRET","value":"x"}]}]}}}}""", """{"spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"c","env":[{"name":"A_SECRET","value":"§"}]}]}}}}""")]
    // server-side apply: JSON as kubectl sends it, and YAML
    [InlineData("PATCH", Secrets + "/db?fieldManager=x", "application/apply-patch+yaml", """{"apiVersion":"v1","data":{"a":"x"},"kind":"Secret"}""", """{"apiVersion":"v1","data":{"a":"§"},"kind":"Secret"}""")]
    [InlineData("PATCH", Secrets + "/db?fieldManager=x", "application/apply-patch+yaml", "apiVersion: v1\ndata:\n  a: x # c\nstringData: {b: 'y'}\nkind: Secret\n", """{"apiVersion":"v1","data":{"a":"§"},"stringData":{"b":"§"},"kind":"Secret"}""")]
    [InlineData("PATCH", Deployments + "/web?fieldManager=x", "application/apply-patch+yaml", "spec:\n  replicas: 2\n  paused: true\n  x: ~\n  t: |\n    a\n    b\n  l:\n  - name: PASSWORD\n    value: x\n  - \"1\"\n", """{"spec":{"replicas":2,"paused":true,"x":null,"t":"a\nb\n","l":[{"name":"PASSWORD","value":"§"},"1"]}}""")]
    public void Redact_Request_KeepsThisMuch(string method, string target, string contentType, string wire, string kept) =>
        Request(method, target, wire, contentType).Shape().ShouldBe(kept);

    [Fact]
    public void Redact_Watch_KeepsEveryEvent()
    {
        var body = Response(Secrets + "?watch=1", """
            {"type":"ADDED","object":{"kind":"Secret","metadata":{"name":"a"},"data":{"p":"x"}}}
            {"type":"MODIFIED","object":{"data":{"p":"x"}}}
            {"type":"BOOKMARK","object":{"kind":"Secret","metadata":{"resourceVersion":"9"}}}
            {"type":"ERROR","object":{"kind":"Status","message":"too old resource version","reason":"Expired","code":410}}
            """);

        body.Shape().ShouldBe("""
            {"type":"ADDED","object":{"kind":"Secret","metadata":{"name":"a"},"data":{"p":"§"}}}
            {"type":"MODIFIED","object":{"data":{"p":"§"}}}
            {"type":"BOOKMARK","object":{"kind":"Secret","metadata":{"resourceVersion":"9"}}}
            {"type":"ERROR","object":{"kind":"Status","message":"too old resource version","reason":"Expired","code":410}}
            """);
        body.Body.ShouldSatisfyAllConditions(b => b.Note.ShouldBe(CallBodyNote.Whole), b => b.RedactedValues.ShouldBe(2));
    }

    [Theory]
    // A kube-apiserver 1.20 answered the first two; it prints the bytes around what it could not read.
    [InlineData("POST", Secrets, 400, """{"kind":"Status","status":"Failure","message":"Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 6, error found in #10 byte of ...|ot base64\"}}|..., bigger context ...|{\"password\":\"hunter2\"}}|...","reason":"BadRequest","code":400}""", """{"kind":"Status","status":"Failure","message":"§","reason":"BadRequest","code":400}""")]
    [InlineData("POST", Deployments, 400, """{"kind":"Status","message":"readUint32: unexpected character, error found in #10 byte of ...|x|..., bigger context ...|hunter2|...","reason":"BadRequest"}""", """{"kind":"Status","message":"§","reason":"BadRequest"}""")]
    [InlineData("PUT", "/apis/batch/v1/namespaces/a/jobs/j", 422, """{"kind":"Status","message":"Job is invalid","details":{"kind":"Job","causes":[{"message":"Invalid value: core.PodTemplateSpec{Env:[]core.EnvVar{core.EnvVar{Name:\"P\", Value:\"hunter2\"}}}: field is immutable","field":"spec.template"}]},"reason":"Invalid"}""", """{"kind":"Status","message":"Job is invalid","details":{"kind":"Job","causes":[{"message":"§","field":"spec.template"}]},"reason":"Invalid"}""")]
    [InlineData("GET", Secrets + "/db", 404, """{"kind":"Status","message":"secrets \"db\" not found","reason":"NotFound","details":{"name":"db","kind":"secrets"}}""", """{"kind":"Status","message":"secrets \"db\" not found","reason":"NotFound","details":{"name":"db","kind":"secrets"}}""")]
    [InlineData("POST", Secrets, 422, """{"kind":"Status","message":"x","reason":"Invalid","details":{"causes":[{"message":"x","field":"f"}]}}""", """{"kind":"Status","message":"§","reason":"Invalid","details":{"causes":[{"message":"§","field":"f"}]}}""")]
    [InlineData("POST", Pods, 422, """{"kind":"Status","message":"x","reason":"Invalid"}""", """{"kind":"Status","message":"x","reason":"Invalid"}""")]
    public void Redact_Status_KeepsMessagesThatQuoteNothing(string method, string target, int status, string wire, string kept) =>
        Response(target, wire, status, method: method).Shape().ShouldBe(kept);
}
