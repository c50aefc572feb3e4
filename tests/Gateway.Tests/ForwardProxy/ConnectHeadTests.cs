using System.Text;
using KubeLens.Gateway.ForwardProxy;

namespace KubeLens.Gateway.Tests.ForwardProxy;

public sealed class ConnectHeadTests
{
    [Theory]
    [InlineData("CONNECT api.example:6443 HTTP/1.1", "api.example", 6443)]
    [InlineData("CONNECT API.Example:443 HTTP/1.0", "api.example", 443)]
    [InlineData("CONNECT 127.0.0.1:6443 HTTP/1.1", "127.0.0.1", 6443)]
    [InlineData("CONNECT [::1]:6443 HTTP/1.1", "::1", 6443)]
    [InlineData("CONNECT [0:0:0:0:0:0:0:1]:6443 HTTP/1.1", "::1", 6443)]
    public void Parse_Connect_IsHostAndPort(string line, string host, int port)
    {
        var request = Parse(line);

        request.IsConnect.ShouldBeTrue();
        (request.Host, request.Port).ShouldBe((host, port));
    }

    [Theory]
    [InlineData("GET http://api.example/ HTTP/1.1", "GET")]
    [InlineData("POST / HTTP/1.1", "POST")]
    [InlineData("connect api.example:443 HTTP/1.1", "connect")]
    public void Parse_AnotherMethod_IsNoConnect(string line, string method)
    {
        var request = Parse(line);

        (request.IsConnect, request.IsMalformed, request.Method).ShouldBe((false, false, method));
    }

    [Theory]
    [InlineData("CONNECT api.example HTTP/1.1")]
    [InlineData("CONNECT api.example: HTTP/1.1")]
    [InlineData("CONNECT api.example:0 HTTP/1.1")]
    [InlineData("CONNECT api.example:65536 HTTP/1.1")]
    [InlineData("CONNECT api.example:+443 HTTP/1.1")]
    [InlineData("CONNECT :443 HTTP/1.1")]
    [InlineData("CONNECT a@b:443 HTTP/1.1")]
    [InlineData("CONNECT http://a:443 HTTP/1.1")]
    [InlineData("CONNECT a/b:443 HTTP/1.1")]
    [InlineData("CONNECT [::1:443 HTTP/1.1")]
    [InlineData("CONNECT [fe80::1%eth0]:443 HTTP/1.1")]
    [InlineData("CONNECT ::1:443 HTTP/1.1")]
    [InlineData("CONNECT a\rb:443 HTTP/1.1")]
    [InlineData("CONNECT a:443 HTTP/2.0")]
    [InlineData("CONNECT a:443")]
    [InlineData("CONNECT  a:443 HTTP/1.1")]
    [InlineData(" a:443 HTTP/1.1")]
    [InlineData("")]
    public void Parse_Rubbish_IsMalformed(string line) => Parse(line).IsMalformed.ShouldBeTrue();

    [Theory]
    [InlineData("", false)]
    [InlineData("CONN", false)]
    [InlineData("CONNECT a", false)]
    [InlineData("\u0016\u0003\u0001", true)]
    [InlineData(" CONNECT", true)]
    [InlineData("CONNECT\r\n", true)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ", true)]
    public void IsHopeless_WhatNeverBecomesARequest(string begin, bool expected) => ConnectHead.IsHopeless(Encoding.Latin1.GetBytes(begin)).ShouldBe(expected);

    private static ConnectRequest Parse(string line) => ConnectHead.Parse(Encoding.Latin1.GetBytes($"{line}\r\nHost: x\r\n\r\n"));
}
