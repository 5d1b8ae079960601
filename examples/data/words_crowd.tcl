# SPDX-License-Identifier: GPL-3.0-or-later
# The smaller accounts of the example portfolio (story_crowd.tcl), named like the others: animals and plants, （例） or (sample). Their people are
# called by a surname and one of the twelve earthly branches, so that nobody has the name of somebody in words.tcl.
namespace eval words {
    # code, name, English name, industry, ownership, region
    variable crowd {
        FEICUI    翡翠电路     {Jade Circuits}            electronics private       华南
        HUPO      琥珀电容     {Amber Capacitors}         electronics private       华东
        BUGU      布谷半导体   {Cuckoo Semiconductors}    electronics joint-venture 华东
        SHUIMU    水母照明     {Jellyfish Lamps}          electronics private       华南
        CIWEI     刺猬电器     {Hedgehog Appliances}      electronics private       华东
        YEYING    夜莺音响     {Nightingale Audio}        electronics private       华南
        QINGTING  蜻蜓航模     {Dragonfly Models}         electronics private       华南
        CHUANSHAN 穿山甲钻具   {Pangolin Drilling Tools}  machinery   state         东北
        TANGLANG  螳螂机械     {Mantis Machinery}         machinery   private       华北
        ZHUOMU    啄木鸟模具   {Woodpecker Moulds}        machinery   private       华东
        XIEZI     蝎子液压     {Scorpion Hydraulics}      machinery   private       华北
        CUINIAO   翠鸟泵业     {Kingfisher Pumps}         machinery   private       华中
        BIHU      壁虎起重     {Gecko Hoists}             machinery   state         东北
        HAIBAO    海豹制冷     {Seal Refrigeration}       machinery   private       东北
        JIACHONG  甲虫轴承     {Beetle Bearings}          machinery   private       华北
        HEHUAN    合欢医院     {Silk Tree Hospital}       healthcare  government    华北
        GOUQI     枸杞药业     {Goji Pharma}              healthcare  private       西北
        JINYIN    金银花诊所   {Honeysuckle Clinics}      healthcare  private       华东
        BAIZHI    白芷器械     {Angelica Instruments}     healthcare  private       华中
        KUIHUA    葵花油坊     {Sunflower Oil Mill}       food        private       西北
        NANGUA    南瓜食品     {Pumpkin Foods}            food        private       华北
        SHANYAO   山药粮业     {Yam Grain}                food        state         华中
        HETAO     核桃饮料     {Walnut Drinks}            food        private       西南
        LIZI      栗子糕点     {Chestnut Pastries}        food        private       华北
        YANMAI    燕麦乳业     {Oat Dairy}                food        private       西北
        HUAJIAO   花椒调味     {Pepper Seasonings}        food        private       西南
        BAIXIANG  百香果汁     {Passion Fruit Juices}     food        private       华南
        LINGJIAO  菱角水产     {Caltrop Fisheries}        food        private       华中
        SHAJI     沙棘热力     {Sea Buckthorn Heating}    energy      government    西北
        BIANFU    蝙蝠风电     {Bat Wind Power}           energy      state         西北
        HULU      葫芦燃气     {Gourd Gas}                energy      state         西南
        BANMA     斑马车桥     {Zebra Axles}              automotive  private       华中
        XISHUAI   蟋蟀电机     {Cricket Motors}           automotive  private       华东
        YULAN     玉兰座椅     {Magnolia Seats}           automotive  joint-venture 华东
        LIEGOU    猎狗制动     {Hound Brakes}             automotive  private       东北
        DAYAN     大雁货运     {Wild Goose Freight}       logistics   private       华北
        GEZI      鸽子快运     {Pigeon Express}           logistics   private       华东
        WONIU     蜗牛仓储     {Snail Warehousing}        logistics   private       华中
        HAIGUI    海龟冷链     {Turtle Cold Chain}        logistics   private       华南
        HAITANG   海棠职校     {Crab Apple College}       education   government    西南
        MAOTOU    猫头鹰书院   {Owl Academy}              education   private       华东
        ZIYUN     紫云英化肥   {Milk Vetch Fertilisers}   chemicals   state         华中
        SUMU      苏木染料     {Sappan Dyes}              chemicals   private       华南
        SONGZHI   松脂涂料     {Pine Resin Coatings}      chemicals   private       华南
        GUIHUA    桂花日化     {Osmanthus Household}      chemicals   private       西南
        YOUZI     柚子香料     {Pomelo Flavours}          chemicals   private       华南
        HUANGLI   黄鹂五金     {Oriole Hardware}          trade       private       华东
        MAQUE     麻雀百货     {Sparrow Stores}           trade       private       华中
        SHANZHA   山楂贸易     {Hawthorn Trading}         trade       private       华北
        FENGNIAO  蜂鸟基站     {Hummingbird Masts}        telecom     private       西南
        ZHIZHU    蜘蛛网络     {Spider Networks}          software    private       华东
        BIANSE    变色龙软件   {Chameleon Software}       software    private       华南
        CHAHUA    茶花毛纺     {Camellia Wool}            textiles    state         华北
        MIANTAO   棉桃家纺     {Cotton Boll Linens}       textiles    private       华东
        DIEYI     蝶衣刺绣     {Butterfly Embroidery}     textiles    private       华东
        ZHUMA     苎麻织造     {Ramie Weaving}            textiles    private       华中
        DUJUAN    杜鹃印染     {Azalea Dyeing}            textiles    private       西南
        BAIYANG   白杨木业     {Poplar Timber}            building    private       东北
        HELI      河狸桥梁     {Beaver Bridges}           building    state         西南
        RONGSHU   榕树幕墙     {Banyan Facades}           building    private       华南
        LUWEI     芦苇板材     {Reed Boards}              building    private       华北
        TIANLUO   田螺水暖     {Pond Snail Plumbing}      building    private       华中
        BAIHE     百合玻璃     {Lily Glass}               building    private       华北
        ZHANGMU   樟木家居     {Camphor Interiors}        building    private       华南
        SHUITA    水獭清洗     {Otter Cleaning}           services    private       华东
        HUANXIONG 浣熊洗涤     {Raccoon Laundry}          services    private       西南
        QINGWA    青蛙泳馆     {Frog Pools}               services    private       华中
        MOLI      茉莉酒店     {Jasmine Hotels}           services    private       华南
        DAISHU    袋鼠包装     {Kangaroo Packaging}       services    private       华北
        HAOZHU    豪猪制刷     {Porcupine Brushes}        services    private       东北
        SHANQUE   山雀乐器     {Titmouse Instruments}     services    private       东北
        TUONIAO   鸵鸟皮革     {Ostrich Leather}          textiles    private       西北
    }
    variable branches {子 Zi 丑 Chou 寅 Yin 卯 Mao 辰 Chen 巳 Si 午 Wu 未 Wei 申 Shen 酉 You 戌 Xu 亥 Hai}
    # Why an account went, and what we took from it.
    variable farewells {
        {对手报价低一成，我们三周未答复；教训：续约前一个月主动报价。 | A rival was a tenth cheaper and we took three weeks to answer; lesson: offer a month before the renewal.}
        {两次投诉无人回访，设备经理失去耐心；教训：投诉当天必须有人负责。 | Two complaints and nobody called back; lesson: every complaint has an owner on the day it comes.}
        {采购收归集团统一招标，我们不在名单上；教训：尽早认识集团采购。 | Purchasing moved to the group and we were not on its list; lesson: know the group's buyers early.}
        {联系人离职，接任者带来自己的供应商；教训：每个客户至少认识三个人。 | Our contact left and the successor brought a supplier; lesson: know at least three people.}
        {备件供货常缺，客户改用可替代型号；教训：为常购型号备安全库存。 | Spare parts were often missing; lesson: a safety stock for what they buy regularly.}
        {工厂搬迁，停产半年后未恢复采购；教训：搬迁前谈好复产供货。 | The plant moved and never started buying again; lesson: agree on the supply before a move.}
    }
}
