using KubeLens.Bench.Pki;

namespace KubeLens.Bench.Peers;

/// <summary>nginx's configuration: what the gateway does as far as nginx can, with its own best settings for it.</summary>
internal static class NginxConfiguration
{
    public static string FindProgram()
    {
        var program = new[] { "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx" }.FirstOrDefault(File.Exists);
        return program is not null && File.Exists(Modules + "ngx_http_lua_module.so")
            ? program
            : throw new BenchException("nginx with its Lua module is missing: apt-get install nginx libnginx-mod-http-lua");
    }

    private const string Modules = "/usr/lib/nginx/modules/";

    public static string Text(string folder, string log, Uri upstream, Uri listen, BenchPki pki, int workers) => $$"""
        load_module {{Modules}}ndk_http_module.so;
        load_module {{Modules}}ngx_http_lua_module.so;
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes {{workers}};
        pid {{folder}}/nginx.pid;
        error_log stderr warn;
        events { worker_connections 4096; }
        http {
          client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
          log_format call escape=json '{"time":"$time_iso8601","client":"$remote_addr","user":"$ssl_client_s_dn","method":"$request_method","uri":"$request_uri",'
            '"status":$status,"seconds":$request_time,"received":$request_length,"sent":$bytes_sent,'
            '"requestHeaders":"$call_request_headers","requestBody":"$request_body",'
            '"responseHeaders":"$call_response_headers","responseBody":"$call_response_body"}';
          access_log {{log}} call buffer=64k flush=1s;
          init_by_lua_block {
            function call_headers(headers)
              local lines = {}
              for name, value in pairs(headers) do
                lines[#lines + 1] = name .. ": " .. (type(value) == "table" and table.concat(value, ", ") or value)
              end
              return table.concat(lines, "\n")
            end
          }
          upstream cluster { server {{upstream.Authority}}; keepalive 256; keepalive_requests 1000000000; }
          server {
            listen {{listen.Authority}} ssl http2;
            ssl_certificate {{pki.ServerCertificateFile}};
            ssl_certificate_key {{pki.ServerKeyFile}};
            ssl_client_certificate {{pki.AuthorityFile}};
            ssl_verify_client on;
            keepalive_requests 1000000000;
            client_max_body_size 0;
            client_body_buffer_size 256k;
            location / {
              set $call_request_headers "";
              set $call_response_headers "";
              set $call_response_body "";
              access_by_lua_block {
                ngx.req.read_body()
                ngx.var.call_request_headers = call_headers(ngx.req.get_headers(100, true))
              }
              header_filter_by_lua_block {
                ngx.var.call_response_headers = call_headers(ngx.resp.get_headers(100, true))
              }
              body_filter_by_lua_block {
                local kept = ngx.ctx.kept
                if not kept then kept = { size = 0 }; ngx.ctx.kept = kept end
                local chunk, last = ngx.arg[1], ngx.arg[2]
                if chunk ~= "" and kept.size < 262144 then
                  kept[#kept + 1] = string.sub(chunk, 1, 262144 - kept.size)
                  kept.size = kept.size + #chunk
                end
                if last then ngx.var.call_response_body = table.concat(kept) end
              }
              proxy_pass https://cluster;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Authorization "Bearer bench";
              proxy_ssl_trusted_certificate {{pki.AuthorityFile}};
              proxy_ssl_verify on;
              proxy_ssl_name localhost;
            }
          }
        }
        """;
}
