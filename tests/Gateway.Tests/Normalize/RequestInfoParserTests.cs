using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class RequestInfoParserTests
{
    // method, target, verb, prefix, group, version, namespace, resource, subresource, name, parts
    [Theory]
    // objects and collections
    [InlineData("GET", "/api/v1/namespaces", "list", "api", "", "v1", "", "namespaces", "", "", "namespaces")]
    [InlineData("GET", "/api/v1/namespaces/shop", "get", "api", "", "v1", "shop", "namespaces", "", "shop", "namespaces,shop")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods", "list", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods/web", "get", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("HEAD", "/api/v1/namespaces/shop/pods/web", "get", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("GET", "/api/v1/pods", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("HEAD", "/api/v1/pods", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("PATCH", "/api/v1/namespaces/shop", "patch", "api", "", "v1", "shop", "namespaces", "", "shop", "namespaces,shop")]
    [InlineData("GET", "/api/v1/nodes/n1", "get", "api", "", "v1", "", "nodes", "", "n1", "nodes,n1")]
    [InlineData("GET", "/apis/apps/v1/namespaces/shop/deployments", "list", "apis", "apps", "v1", "shop", "deployments", "", "", "deployments")]
    [InlineData("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/admin", "get", "apis", "rbac.authorization.k8s.io", "v1", "", "clusterroles", "", "admin", "clusterroles,admin")]
    [InlineData("GET", "/apis/example.com/v1alpha1/namespaces", "list", "apis", "example.com", "v1alpha1", "", "namespaces", "", "", "namespaces")]
    [InlineData("GET", "/apis/example.com/v1alpha1/namespaces/a/status", "get", "apis", "example.com", "v1alpha1", "a", "namespaces", "status", "a", "namespaces,a,status")]
    // writes
    [InlineData("POST", "/api/v1/namespaces/shop/pods", "create", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("POST", "/apis/batch/v1beta3/namespaces/shop/jobs", "create", "apis", "batch", "v1beta3", "shop", "jobs", "", "", "jobs")]
    [InlineData("PUT", "/api/v1/namespaces/shop/pods/web", "update", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("PATCH", "/api/v1/namespaces/shop/pods/web", "patch", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("DELETE", "/api/v1/namespaces/shop/pods/web", "delete", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("DELETE", "/api/v1/namespaces/shop/pods", "deletecollection", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("DELETE", "/api/v1/nodes", "deletecollection", "api", "", "v1", "", "nodes", "", "", "nodes")]
    [InlineData("DELETE", "/api/v1/namespaces", "deletecollection", "api", "", "v1", "", "namespaces", "", "", "namespaces")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/shop/deployments", "deletecollection", "apis", "apps", "v1", "shop", "deployments", "", "", "deployments")]
    // subresources
    [InlineData("GET", "/api/v1/namespaces/shop/pods/web/status", "get", "api", "", "v1", "shop", "pods", "status", "web", "pods,web,status")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods/web/proxy/a/b", "get", "api", "", "v1", "shop", "pods", "proxy", "web", "pods,web,proxy,a,b")]
    [InlineData("PUT", "/api/v1/namespaces/shop/finalize", "update", "api", "", "v1", "shop", "namespaces", "finalize", "shop", "namespaces,shop,finalize")]
    [InlineData("PUT", "/api/v1/namespaces/shop/status", "update", "api", "", "v1", "shop", "namespaces", "status", "shop", "namespaces,shop,status")]
    [InlineData("POST", "/api/v1/namespaces/shop/pods/web/exec?command=ls", "create", "api", "", "v1", "shop", "pods", "exec", "web", "pods,web,exec")]
    [InlineData("POST", "/api/v1/namespaces/shop/serviceaccounts/app/token", "create", "api", "", "v1", "shop", "serviceaccounts", "token", "app", "serviceaccounts,app,token")]
    [InlineData("GET", "/api/v1/namespaces/shop/services/https:svc:443/proxy/x", "get", "api", "", "v1", "shop", "services", "proxy", "https:svc:443", "services,https:svc:443,proxy,x")]
    [InlineData("GET", "/apis/apps/v1/namespaces/shop/deployments/web/scale", "get", "apis", "apps", "v1", "shop", "deployments", "scale", "web", "deployments,web,scale")]
    // verbs in the path
    [InlineData("GET", "/api/v1/proxy/namespaces/shop/pods/web", "proxy", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("GET", "/api/v1/proxy/namespaces/shop/pods/web/no/subresource", "proxy", "api", "", "v1", "shop", "pods", "", "web", "pods,web,no,subresource")]
    [InlineData("POST", "/api/v1/proxy/nodes/n1/run", "proxy", "api", "", "v1", "", "nodes", "", "n1", "nodes,n1,run")]
    [InlineData("GET", "/api/v1/watch/pods", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/watch/namespaces/shop/pods", "watch", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/watch/namespaces/shop/pods/web", "watch", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("GET", "/apis/apps/v1/watch/deployments", "watch", "apis", "apps", "v1", "", "deployments", "", "", "deployments")]
    // nothing behind the verb: the apiserver's error leaves the method as the verb
    [InlineData("GET", "/api/v1/watch", "get", "api", "", "v1", "", "", "", "", "")]
    [InlineData("POST", "/apis/apps/v1/proxy", "post", "apis", "apps", "v1", "", "", "", "", "")]
    // watch by option
    [InlineData("GET", "/api/v1/pods?watch=true", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=false", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=False", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods?watch=1", "watch", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods?watch=0", "list", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=nonsense", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=0&watch=1", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?w%61tch=1", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=1;x", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/pods?watch=%zz", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods/web?watch=1", "get", "api", "", "v1", "shop", "pods", "", "web", "pods,web")]
    [InlineData("DELETE", "/api/v1/pods?watch=1", "deletecollection", "api", "", "v1", "", "pods", "", "", "pods")]
    // methods without a verb
    [InlineData("OPTIONS", "/api/v1/namespaces/shop/pods", "", "api", "", "v1", "shop", "pods", "", "", "pods")]
    [InlineData("TRACE", "/api/v1/pods/web", "", "api", "", "v1", "", "pods", "", "web", "pods,web")]
    [InlineData("get", "/api/v1/pods", "", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("PURGE", "/api/v1/watch/pods", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    // slashes and escapes
    [InlineData("GET", "//api/v1/pods/", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1//pods", "get", "api", "", "v1", "", "", "", "pods", ",pods")]
    [InlineData("GET", "/api/v1/namespaces//pods", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop//web", "get", "api", "", "v1", "shop", "", "", "web", ",web")]
    [InlineData("GET", "/api/v1/namespaces/a%2Fb/pods", "get", "api", "", "v1", "a", "b", "", "pods", "b,pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/configmaps/a%2Fb", "get", "api", "", "v1", "shop", "configmaps", "b", "a", "configmaps,a,b")]
    [InlineData("GET", "/%61pi/v1/pods", "list", "api", "", "v1", "", "pods", "", "", "pods")]
    [InlineData("GET", "/api/v1/namespaces/shop/pods/w%C3%BC", "get", "api", "", "v1", "shop", "pods", "", "wü", "pods,wü")]
    [InlineData("GET", "/api/v1/pods/a+b", "get", "api", "", "v1", "", "pods", "", "a+b", "pods,a+b")]
    [InlineData("GET", "/api/v1/pods/100%", "get", "api", "", "v1", "", "pods", "", "100%", "pods,100%")]
    [InlineData("GET", "/api/v1/pods/%zz", "get", "api", "", "v1", "", "pods", "", "%zz", "pods,%zz")]
    [InlineData("GET", "/api/v1/pods/a#b", "get", "api", "", "v1", "", "pods", "", "a#b", "pods,a#b")]
    [InlineData("GET", "https://kube.example:6443/api/v1/pods?watch=1", "watch", "api", "", "v1", "", "pods", "", "", "pods")]
    public void Parse_ResourcePath_HasEveryField(string method, string target, string verb, string prefix, string group, string version, string ns, string resource, string subresource, string name, string parts)
    {
        var info = RequestInfoParser.Parse(method, target);

        info.IsResourceRequest.ShouldBeTrue();
        (info.Verb, info.ApiPrefix, info.ApiGroup, info.ApiVersion, info.Namespace, info.Resource, info.Subresource, info.Name)
            .ShouldBe((verb, prefix, group, version, ns, resource, subresource, name));
        string.Join(',', info.Parts).ShouldBe(parts);
    }

    [Theory]
    [InlineData("GET", "/", "get", "", "/")]
    [InlineData("GET", "", "get", "", "")]
    [InlineData("GET", "?watch=1", "get", "", "")]
    [InlineData("OPTIONS", "*", "options", "", "*")]
    [InlineData("GET", "/api", "get", "", "/api")]
    [InlineData("GET", "/api/v1", "get", "", "/api/v1")]
    [InlineData("GET", "/api/v1/", "get", "", "/api/v1/")]
    [InlineData("GET", "/apis", "get", "", "/apis")]
    [InlineData("GET", "/apis/apps", "get", "", "/apis/apps")]
    [InlineData("GET", "/apis/apps/v1", "get", "apis", "/apis/apps/v1")]
    [InlineData("GET", "/apis/apps/v1/", "get", "apis", "/apis/apps/v1/")]
    [InlineData("GET", "/apix/v1/pods", "get", "", "/apix/v1/pods")]
    [InlineData("GET", "/API/v1/pods", "get", "", "/API/v1/pods")]
    [InlineData("GET", "/healthz", "get", "", "/healthz")]
    [InlineData("HEAD", "/healthz", "head", "", "/healthz")]
    [InlineData("GET", "/openapi/v3/apis/apps/v1?hash=A", "get", "", "/openapi/v3/apis/apps/v1")]
    [InlineData("POST", "/a%20b", "post", "", "/a b")]
    [InlineData("PuRgE", "/metrics", "purge", "", "/metrics")]
    [InlineData("GET", "https://kube.example", "get", "", "")]
    public void Parse_OtherPath_IsNoResourceRequest(string method, string target, string verb, string prefix, string path)
    {
        var info = RequestInfoParser.Parse(method, target);

        info.ShouldBeEquivalentTo(new RequestInfo { Verb = verb, ApiPrefix = prefix, Path = path });
    }

    [Theory]
    [InlineData("metadata.name=web", "web")]
    [InlineData("metadata.name==web", "web")]
    [InlineData("status.phase!=Running,metadata.name=web", "web")]
    [InlineData("metadata.name=b,metadata.name=a", "a")]
    [InlineData("metadata.name%3Dweb", "web")]
    [InlineData("metadata.name=w%2Ceb", "")]
    [InlineData("metadata.name=w%5C%2Ceb", "w,eb")]
    [InlineData("metadata.name!=web", "")]
    [InlineData("metadata.name=web,foo", "")]
    [InlineData("metadata.name=w=b", "")]
    [InlineData("metadata.name=web%5C", "")]
    [InlineData("metadata.name=w%5Ceb", "")]
    [InlineData("metadata.name=..", "")]
    [InlineData("metadata.name=a%2Fb", "")]
    [InlineData("metadata.name=a%2525", "")]
    [InlineData("metadata.name=", "")]
    [InlineData("spec.metadata.name=web", "")]
    [InlineData("", "")]
    public void Parse_FieldSelector_NamesOnlyWhatItRequires(string selector, string name)
    {
        RequestInfoParser.Parse("GET", $"/api/v1/pods?fieldSelector={selector}").Name.ShouldBe(name);
        var watch = RequestInfoParser.Parse("GET", $"/api/v1/pods?watch=1&fieldSelector={selector}");
        (watch.Verb, watch.Name).ShouldBe(("watch", name));
    }

    [Theory]
    [InlineData("limit=many")]
    [InlineData("timeoutSeconds=1.5")]
    [InlineData("limit=")]
    public void Parse_OptionsThatDoNotDecode_GiveNoName(string options)
    {
        var info = RequestInfoParser.Parse("GET", $"/api/v1/pods?fieldSelector=metadata.name=web&watch=1&{options}");

        (info.Verb, info.Name, info.FieldSelector).ShouldBe(("watch", "", "metadata.name=web"));
    }

    [Theory]
    [InlineData("GET", "/api/v1/pods?fieldSelector=a%3Db&labelSelector=app+in+(x)", "a=b", "app in (x)")]
    [InlineData("GET", "/api/v1/pods?fieldSelector=first&fieldSelector=second", "first", "")]
    [InlineData("GET", "/api/v1/pods?watch=1&labelSelector=!x", "", "!x")]
    [InlineData("DELETE", "/api/v1/pods?labelSelector=app%3Dweb", "", "app=web")]
    [InlineData("GET", "/api/v1/watch/pods?labelSelector=app%3Dweb", "", "")]
    [InlineData("GET", "/api/v1/pods/web?labelSelector=app", "", "")]
    [InlineData("POST", "/api/v1/pods?labelSelector=app", "", "")]
    [InlineData("GET", "/api/v1/pods?labelSelector=%zz&labelSelector=ok", "", "ok")]
    public void Parse_Selectors_AreKeptRawWhereTheyCount(string method, string target, string field, string label)
    {
        var info = RequestInfoParser.Parse(method, target);

        (info.FieldSelector, info.LabelSelector).ShouldBe((field, label));
    }

    [Theory]
    [InlineData("GET", "/api/v1/pods?watch=1", true)]
    [InlineData("GET", "/api/v1/watch/pods", true)]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/exec", true)]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/attach", true)]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/portforward", true)]
    [InlineData("GET", "/api/v1/namespaces/a/services/b/proxy", true)]
    [InlineData("GET", "/api/v1/proxy/nodes/n", true)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log?follow=true", true)]
    [InlineData("GET", "/debug/pprof/profile", true)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log", false)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log?follow=false", false)]
    [InlineData("GET", "/api/v1/pods", false)]
    [InlineData("GET", "/healthz", false)]
    public void Parse_LongRunning_IsTold(string method, string target, bool expected) =>
        RequestInfoParser.Parse(method, target).IsLongRunning.ShouldBe(expected);

    [Theory]
    [InlineData("GET", "/api/v1/nodes/n1/proxy/stats/summary", "n1", "get", "/stats/summary", "stats", "")]
    [InlineData("GET", "/api/v1/nodes/n1:10250/proxy/pods", "n1", "get", "/pods", "pods", "proxy")]
    [InlineData("GET", "/api/v1/nodes/https:n1:10250/proxy/pods", "n1", "get", "/pods", "pods", "proxy")]
    [InlineData("POST", "/api/v1/proxy/nodes/n1/run/ns/pod/ctr", "n1", "create", "/run/ns/pod/ctr", "proxy", "")]
    [InlineData("GET", "/api/v1/nodes/n1/proxy", "n1", "get", "/", "proxy", "")]
    public void Parse_NodeProxy_HasTheKubeletsAttributes(string method, string target, string node, string verb, string path, string subresource, string fallback)
    {
        var info = RequestInfoParser.Parse(method, target);

        info.Node.ShouldBe(node);
        info.Kubelet.ShouldBe(new KubeletAttributes(verb, path, subresource, fallback));
    }

    [Theory]
    [InlineData("/api/v1/nodes/n1:9100/proxy/metrics", "n1")]
    [InlineData("/api/v1/nodes/n1/status", "")]
    [InlineData("/apis/example.com/v1/nodes/n1/proxy", "")]
    [InlineData("/api/v1/namespaces/a/pods/n1/proxy/pods", "")]
    public void Parse_OtherThanTheKubelet_HasNoAttributes(string target, string node)
    {
        var info = RequestInfoParser.Parse("GET", target);

        info.Kubelet.ShouldBeNull();
        info.Node.ShouldBe(node);
    }

    [Fact]
    public void Parse_RandomTargets_NeverThrowsAndStaysConsistent()
    {
        string[] pieces = ["/", "/", "api", "apis", "v1", "watch", "proxy", "namespaces", "nodes", "pods", "status", "%", "%2F", "%ff", "%zz", "?", "&", "=", "+", ";", "watch=", "fieldSelector=metadata.name", "\\", ",", "é", "\ud800", "\0", "://", "#", " ", ":10250", "*", "limit=x"];
        string[] methods = ["GET", "POST", "DELETE", "", "gEt", "\u0130"];
        var random = new Random(20_261_124);
        for (var i = 0; i < 50_000; i++)
        {
            var target = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));

            var info = RequestInfoParser.Parse(methods[random.Next(methods.Length)], target);

            info.Resource.ShouldBe(info.Parts.Count > 0 ? info.Parts[0] : "", target);
            (info.IsResourceRequest || info.Resource.Length == 0).ShouldBeTrue(target);
        }
    }
}
